"use server";

import { z } from "zod";
import { type ActionContext, runAction } from "@/lib/gates/action";
import { listTokens } from "@/lib/tokens/queries";
import { tokenStatuses } from "@/lib/tokens/vocabulary";
import { tokenPath } from "../paths";

const mostFound = 8;
const text = z.string().trim().min(1).max(80);

/** The newest of the tenant's tokens, of any status, with this in their name or hint. */
export async function findTokensAction(context: ActionContext, input: unknown) {
  const declaration = { scope: "token:read", input: text, path: "/identity/settings/tenant", context } as const;
  return runAction(declaration, input, async (grant, q) => {
    const status = [...tokenStatuses];
    const { items } = await listTokens(grant, { q, status, sort: "createdAt", limit: mostFound });
    return {
      tokens: items.map(({ id, name, hint, status }) => ({
        ...{ id, name, hint, status },
        href: tokenPath({ id: grant.organizationId }, { id: grant.tenantId }, id),
      })),
    };
  });
}
