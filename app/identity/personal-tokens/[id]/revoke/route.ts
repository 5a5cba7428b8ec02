import { revokePersonalToken } from "@/lib/account/personal-tokens";
import { routes } from "@/lib/gates/route";
import { sessionRequired } from "@/lib/gates/session-required";
import { callerOperation } from "@/lib/operation";
import { tokenSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: callerOperation({
    summary: "Revoke a personal token of one's own",
    description: "At once and for good; one that is revoked already stays as it is.",
    principals: ["session"],
    responses: { 200: { description: "The token as it now is", schema: tokenSchema } },
    errors: ["not_found"],
    refuse: sessionRequired,
    async handle({ principal, origin, id }) {
      return { status: 200, body: await revokePersonalToken(principal, origin, id) };
    },
  }),
});
