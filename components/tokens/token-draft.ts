import { dayMs } from "@/components/ui/dates";
import type { PermissionSetId } from "@/lib/access/permission-sets";
import { isScope, type Scope, sortScopes } from "@/lib/access/scopes";
import type { Text } from "@/lib/text/text";
import type { TokenView } from "@/lib/tokens/schema";
import { type ExpiryChoice, expiryChoices } from "./token-expiry";

/** Another token whose settings a new one starts from. */
export interface TokenTemplate {
  token: TokenView;
  /** duplicate: a second one, to be changed. replacement: in the place of one that is dead or does too much. */
  purpose: "duplicate" | "replacement";
  /** Fewer than the token's own; all of its own when absent. */
  scopes?: readonly string[];
}

/** What the form of a new token holds. */
export interface TokenDraft {
  name: string;
  description: string;
  access: PermissionSetId | "custom" | null;
  customScopes: readonly Scope[];
  datasets: readonly string[];
  pipelines: readonly string[];
  addresses: string;
  expiry: ExpiryChoice | null;
  customDate: string;
}

/** What there is to choose from in the tenant, and what of it the user may grant. */
export interface Choices {
  permissionSets: readonly { id: PermissionSetId; scopes: readonly Scope[]; grantable: boolean }[];
  resources: readonly { scopes: readonly { scope: Scope; grantable: boolean }[] }[];
  datasets: readonly { id: string }[];
  pipelines: readonly { id: string }[];
}

const longestName = 80;

/** The draft of a token with another's settings, and in words what of them had to be left out. */
export function draftFrom(
  { token, purpose, scopes: wanted = token.scopes }: TokenTemplate,
  choices: Choices,
  now: number,
  text: Text,
): { draft: TokenDraft; leftOut: string[] } {
  const grantable = new Set(
    choices.resources.flatMap((entry) => entry.scopes.flatMap((option) => (option.grantable ? option.scope : []))),
  );
  const known = sortScopes(wanted.filter(isScope));
  const scopes = known.filter((scope) => grantable.has(scope));
  const refused = known.filter((scope) => !grantable.has(scope));
  const datasets = existing(token.resources?.datasets, choices.datasets);
  const pipelines = existing(token.resources?.pipelines, choices.pipelines);
  // A set may have grown since: only where it still means the same scopes does the new token get it.
  const set = choices.permissionSets.find(
    ({ id, grantable, scopes: members }) => id === token.permissionSet && grantable && isSame(members, scopes),
  );
  return {
    draft: {
      name: purpose === "duplicate" ? copyName(token.name, text) : token.name,
      description: token.description,
      access: set?.id ?? "custom",
      customScopes: scopes,
      datasets: datasets.kept,
      pipelines: pipelines.kept,
      addresses: token.allowedCidrs.join("\n"),
      ...lifetimeOf(token, now),
    },
    leftOut: [
      ...(refused.length > 0 ? [text("{scopes}, which you don't hold", { scopes: text.list(refused) })] : []),
      ...missing("datasets", datasets, text),
      ...missing("pipelines", pipelines, text),
    ],
  };
}

interface Existing {
  kept: string[];
  goneCount: number;
}

function existing(limit: readonly string[] | undefined, options: readonly { id: string }[]): Existing {
  const kept = (limit ?? []).filter((id) => options.some((option) => option.id === id));
  return { kept, goneCount: (limit?.length ?? 0) - kept.length };
}

function missing(kind: "datasets" | "pipelines", { kept, goneCount: count }: Existing, text: Text): string[] {
  if (count === 0) return [];
  const gone =
    kind === "datasets"
      ? text("{count, plural, one {# dataset that no longer exists} other {# datasets that no longer exist}}", {
          count,
        })
      : text("{count, plural, one {# pipeline that no longer exists} other {# pipelines that no longer exist}}", {
          count,
        });
  if (kept.length > 0) return [gone];
  return [
    text("{gone}; without a choice the token is not limited to {kind, select, datasets {datasets} other {pipelines}}", {
      gone,
      kind,
    }),
  ];
}

function copyName(name: string, text: Text): string {
  const room = longestName - text("{name} (copy)", { name: "" }).length;
  return text("{name} (copy)", { name: name.slice(0, room).trimEnd() });
}

/** The same lifetime again. What was rotated has lost its own to the overlap; it gets the usual one. */
function lifetimeOf(token: TokenView, now: number): Pick<TokenDraft, "expiry" | "customDate"> {
  if (token.status === "superseded" || token.replacedById !== null) return { expiry: null, customDate: "" };
  if (token.expiresAt === null) return { expiry: "never", customDate: "" };
  const days = Math.max(1, Math.round((Date.parse(token.expiresAt) - Date.parse(token.createdAt)) / dayMs));
  const preset = expiryChoices.find((choice) => choice === `${days}`);
  if (preset) return { expiry: preset, customDate: "" };
  return { expiry: "custom", customDate: new Date(now + days * dayMs).toISOString().slice(0, 10) };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((scope) => other.includes(scope));
}
