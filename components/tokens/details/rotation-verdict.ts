import { dayMs, relativeTime } from "@/components/ui/dates";
import type { Text } from "@/lib/text/text";
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
  text: Text,
): RotationVerdict {
  const oldLast = old.lastUsedAt === null ? null : Date.parse(old.lastUsedAt);
  if (next.firstUsedAt === null)
    return {
      kind: "wait",
      text:
        oldLast === null
          ? text("Not yet: neither secret has been used, so nothing tells whether programs have the new one.")
          : text("Not yet: the new secret has not been used. The old one was last used {ago}.", {
              ago: relativeTime(oldLast, now, text),
            }),
    };
  if (oldLast === null)
    return { kind: "safe", text: text("Safe to finish: the new secret is in use, the old one never was.") };
  const newFirst = Date.parse(next.firstUsedAt);
  if (oldLast < newFirst)
    return {
      kind: "safe",
      text: text("Safe to finish: the old secret was last used {span} before the new one's first use.", {
        span: span(newFirst - oldLast, text),
      }),
    };
  const ago = relativeTime(oldLast, now, text);
  if (now - oldLast < dayMs)
    return { kind: "wait", text: text("Not yet: the old secret was still used {ago}.", { ago }) };
  return {
    kind: "likely",
    text: text(
      "Probably safe: the old secret was last used {ago}. Check that nothing calls with it less often than that.",
      { ago },
    ),
  };
}

const units = [
  ["day", dayMs],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** "3 hours", in the largest unit there is a whole one of. */
function span(milliseconds: number, text: Text): string {
  const [unit, size] = units.find(([, size]) => milliseconds >= size) ?? ["second", 1000];
  const count = Math.max(1, Math.floor(milliseconds / size));
  return text.number(count, { style: "unit", unit, unitDisplay: "long" });
}
