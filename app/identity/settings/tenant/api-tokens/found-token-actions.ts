"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import type { FoundToken } from "@/components/tokens/found-token";
import { revokePersonalToken } from "@/lib/account/personal-tokens";
import { type ActionContext, runAction, runCallerAction } from "@/lib/gates/action";
import { ask } from "@/lib/gates/authorize";
import { requestText } from "@/lib/text/server";
import { foundNote, identifyOwnToken, identifyToken, identifyTokenSchema, tenantOfSecret } from "@/lib/tokens/identify";
import { revokeTokens } from "@/lib/tokens/revoke";
import { revokeTokensSchema } from "@/lib/tokens/schema";
import { profileTabPath, tokenPath } from "../../paths";

const path = "/identity/settings/tenant";

/** Tells which token a secret is of, in whatever tenant: wherever the user may see tokens. */
export async function identifyTokenAction(input: unknown) {
  return runCallerAction(
    { input: identifyTokenSchema, path },
    input,
    async (session, origin, { secret }): Promise<FoundToken> => {
      const now = new Date().toISOString();
      const text = await requestText();
      const where = await tenantOfSecret(secret);
      const read = where && (await ask(session, "token:read", where.context, origin));
      if (!where || !read?.allowed) {
        const token = await identifyOwnToken(session, origin, secret);
        const href = profileTabPath("personal-tokens");
        return {
          token,
          context: null,
          place: text("You, as a personal token"),
          href,
          canRevoke: { allowed: true },
          now,
        };
      }
      const { context, organization, tenant } = where;
      const token = await identifyToken(read.grant, secret);
      const write = await ask(session, "token:write", context, origin);
      const place = `${organization.name} / ${tenant.name}`;
      const href = tokenPath(organization, tenant, token.id);
      const reason = text("Your role there doesn't include token:write. Ask an admin of {place} to revoke it.", {
        place,
      });
      return {
        token,
        context,
        place,
        href,
        canRevoke: write.allowed ? { allowed: true } : { allowed: false, reason },
        now,
      };
    },
  );
}

/** Revokes a token that was found, as compromised: one of a tenant, or one's own personal token. */
export async function revokeFoundTokenAction(found: { context: ActionContext | null; id: string }) {
  const { context, id } = found;
  const result = await (context === null
    ? runCallerAction({ input: z.uuid(), path }, id, async (session, origin, tokenId) => {
        await revokePersonalToken(session, origin, tokenId, "compromised");
        return { outcome: "revoked" as const };
      })
    : runAction(
        { scope: "token:write", input: revokeTokensSchema, path, context },
        { ids: [id], reason: "compromised", note: foundNote },
        async (grant, input) => {
          const { results } = await revokeTokens(grant, input);
          return { outcome: results[0]?.outcome ?? ("not_found" as const) };
        },
      ));
  if (result.ok) refresh();
  return result;
}
