import type { Grant, OrganizationGrant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import { invalidRequest } from "@/lib/errors";
import { tokenConditions } from "./conditions";
import type { OrganizationTokenFilter, OrganizationTokenSelection } from "./organization-schema";
import { maxSelectedTokens } from "./vocabulary";

/**
 * The ids of the tokens that a call on many is about: the ones it names, whether or not they exist and are the
 * caller's, or those that match its filter at this moment. Throws 400 for a filter that matches more than `maxSelectedTokens`.
 */
export async function selectTokenIds(
  grant: Grant<"token:write"> | OrganizationGrant<"token:write">,
  selection: OrganizationTokenSelection,
): Promise<string[]> {
  if (selection.ids) return [...new Set(selection.ids.map((id) => id.toLowerCase()))];
  const rows = await db.$queryRaw<{ id: string }[]>`
    select t.id from tokens t where ${tokenConditions(grant, selection.filter ?? {}, new Date())}
    order by t.id limit ${maxSelectedTokens + 1}`;
  if (rows.length <= maxSelectedTokens) return rows.map(({ id }) => id);
  const message = `Matches more than ${maxSelectedTokens} tokens, the most that one call changes; narrow it`;
  throw invalidRequest([{ path: "filter", message }]);
}

/** How many tokens match a filter, counted up to one more than `maxSelectedTokens`. */
export async function countTokens(
  grant: Grant<"token:read"> | OrganizationGrant<"token:read">,
  filter: OrganizationTokenFilter,
): Promise<number> {
  const [counted] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select from tokens t where ${tokenConditions(grant, filter, new Date())} limit ${maxSelectedTokens + 1}
    ) matching`;
  return counted?.count ?? 0;
}
