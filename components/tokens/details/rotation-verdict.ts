import { dayMs, relativeTime } from "@/components/ui/dates";
import type { TokenView } from "@/lib/tokens/schema";

export interface RotationVerdict {
  /** safe: programs have moved. likely: it looks so. wait: they have not, or nothing tells yet. */
  kind: "safe" | "likely" | "wait";
  text: string;
}

/** Whether the old secret of a rotation can be ended without breaking a program, from when each was used. */
export function rotationVerdict(
  old: Pick<TokenView, "lastUsedAt">,
  next: Pick<TokenView, "firstUsedAt">,
  now: number,
): RotationVerdict {
  const oldLast = old.lastUsedAt === null ? null : Date.parse(old.lastUsedAt);
  if (next.firstUsedAt === null)
    return {
      kind: "wait",
      text:
        oldLast === null
          ? "Not yet: neither secret has been used, so nothing tells whether programs have the new one."
          : `Not yet: the new secret has not been used. The old one was last used ${relativeTime(oldLast, now)}.`,
    };
  if (oldLast === null)
    return { kind: "safe", text: "Safe to finish: the new secret is in use, the old one never was." };
  const newFirst = Date.parse(next.firstUsedAt);
  if (oldLast < newFirst)
    return {
      kind: "safe",
      text: `Safe to finish: the old secret was last used ${span(newFirst - oldLast)} before the new one's first use.`,
    };
  const ago = relativeTime(oldLast, now);
  if (now - oldLast < dayMs) return { kind: "wait", text: `Not yet: the old secret was still used ${ago}.` };
  return {
    kind: "likely",
    text: `Probably safe: the old secret was last used ${ago}. Check that nothing calls with it less often than that.`,
  };
}

const units = [
  ["day", dayMs],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** "3 hours", in the largest unit there is a whole one of. */
function span(milliseconds: number): string {
  const [unit, size] = units.find(([, size]) => milliseconds >= size) ?? ["second", 1000];
  const count = Math.max(1, Math.floor(milliseconds / size));
  return new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" }).format(count);
}
