import { routes } from "@/lib/gates/route";
import { organizationOperation } from "@/lib/operation";
import { tokenRollUpSchema } from "@/lib/tokens/organization-schema";
import { rollUpTokens } from "@/lib/tokens/roll-up";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: organizationOperation({
    summary: "Count the API tokens of an organization",
    description:
      "In all and per tenant: working ones, and those that call for attention. Takes a role in the whole " +
      "organization, so no API token can call it.",
    scope: "token:read",
    responses: { 200: { description: "The counts", schema: tokenRollUpSchema } },
    async handle({ grant }) {
      return { status: 200, body: await rollUpTokens(grant) };
    },
  }),
});
