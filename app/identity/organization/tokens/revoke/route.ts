import { routes } from "@/lib/gates/route";
import { organizationOperation } from "@/lib/operation";
import { revokeOrganizationTokensSchema } from "@/lib/tokens/organization-schema";
import { revokeTokens } from "@/lib/tokens/revoke";
import { revokeResultSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: organizationOperation({
    summary: "Revoke API tokens of any tenant of an organization",
    description:
      "At one instant, for good; each is on record in its own tenant. A dry run says what would happen. Takes a role " +
      "in the whole organization, so no API token can call it.",
    scope: "token:write",
    body: revokeOrganizationTokensSchema,
    responses: { 200: { description: "What became of each", schema: revokeResultSchema } },
    async handle({ grant, body }) {
      return { status: 200, body: await revokeTokens(grant, body) };
    },
  }),
});
