import { dayMs } from "@/components/ui/dates";
import type { FieldIssue } from "@/lib/errors";
import { message } from "@/lib/text/message";
import { type TokenView, type UpdateTokenInput, updateTokenSchema } from "@/lib/tokens/schema";

/** What the form of a change holds. Lists of limits are empty where the token is not limited. */
export interface EditDraft {
  name: string;
  description: string;
  scopes: readonly string[];
  datasets: readonly string[];
  pipelines: readonly string[];
  /** One address or range a line. */
  addresses: string;
  /** The last day it works, such as "2027-02-21", in UTC; empty for one that never expires. */
  lastDay: string;
}

/** The draft that changes nothing. */
export function editDraftOf(token: TokenView): EditDraft {
  return {
    name: token.name,
    description: token.description,
    scopes: token.scopes,
    datasets: token.resources?.datasets ?? [],
    pipelines: token.resources?.pipelines ?? [],
    addresses: token.allowedCidrs.join("\n"),
    lastDay: token.expiresAt?.slice(0, 10) ?? "",
  };
}

/** The days an expiry can be brought forward to: from tomorrow to its own day; null while there is none. */
export function lastDayRange(token: TokenView, now: number): { min: string; max: string | undefined } {
  return { min: new Date(now + dayMs).toISOString().slice(0, 10), max: token.expiresAt?.slice(0, 10) };
}

type Checked =
  | { kind: "unchanged" }
  | { kind: "changed"; input: UpdateTokenInput }
  | { kind: "invalid"; issues: FieldIssue[] };

/** What to send for a draft: the fields that differ and no others, so that two editors of different fields both win. */
export function checkEdit(token: TokenView, draft: EditDraft): Checked {
  const before = editDraftOf(token);
  const addresses = lines(draft.addresses);
  const limits = {
    ...(draft.datasets.length > 0 && { datasets: [...draft.datasets] }),
    ...(draft.pipelines.length > 0 && { pipelines: [...draft.pipelines] }),
  };
  const issues: FieldIssue[] = [
    ...requiredLimit("datasets", before, draft),
    ...requiredLimit("pipelines", before, draft),
    ...(draft.lastDay === "" && token.expiresAt !== null
      ? [{ path: "expiresAt", message: message("Choose a date") }]
      : []),
  ];
  const isLimitChanged = !isSame(before.datasets, draft.datasets) || !isSame(before.pipelines, draft.pipelines);
  const change = {
    ...(draft.name.trim() !== token.name && { name: draft.name }),
    ...(draft.description.trim() !== token.description && { description: draft.description }),
    ...(!isSame(token.scopes, draft.scopes) && { scopes: [...draft.scopes] }),
    ...(isLimitChanged && { resources: limits }),
    ...(!isSame(token.allowedCidrs, addresses) && { allowedCidrs: addresses }),
    // A date means through its last second, in UTC, so that it reads the same everywhere.
    ...(draft.lastDay !== before.lastDay && draft.lastDay !== "" && { expiresAt: `${draft.lastDay}T23:59:59.000Z` }),
  };
  if (Object.keys(change).length === 0 && issues.length === 0) return { kind: "unchanged" };
  const parsed = updateTokenSchema.safeParse(change);
  if (parsed.success && issues.length === 0) return { kind: "changed", input: parsed.data };
  const found = parsed.error?.issues.map(({ path, message }) => ({ path: path.join("."), message })) ?? [];
  return { kind: "invalid", issues: [...issues, ...found] };
}

/** A limit that there is can be tightened, not lifted. */
function requiredLimit(kind: "datasets" | "pipelines", before: EditDraft, draft: EditDraft): FieldIssue[] {
  if (before[kind].length === 0 || draft[kind].length > 0) return [];
  return [{ path: `resources.${kind}`, message: limitRequired[kind] }];
}

const limitRequired = {
  datasets: message("Keep at least one; without, the token would reach all datasets"),
  pipelines: message("Keep at least one; without, the token would reach all pipelines"),
};

function lines(text: string): string[] {
  return text.split(/[\s,]+/).filter((line) => line !== "");
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
