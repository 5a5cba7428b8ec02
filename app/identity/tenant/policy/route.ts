import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { getPolicy, updatePolicy } from "@/lib/policy/policy";
import { policySchema, updatePolicySchema } from "@/lib/policy/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "Read the tenant's token policy",
    scope: "tenant:read",
    responses: { 200: { description: "What may be issued in the tenant", schema: policySchema } },
    async handle({ grant }) {
      return { status: 200, body: await getPolicy(grant) };
    },
  }),
  PATCH: tenantOperation({
    summary: "Change the tenant's token policy",
    description:
      "Rules what is issued from now on. Tokens that were issued work on; `GET /identity/tokens?violatesPolicy=true` lists those that break a rule. Only idle revocation ends tokens, when its job next runs.",
    scope: "tenant:write",
    body: updatePolicySchema,
    responses: { 200: { description: "The policy as it now is", schema: policySchema } },
    errors: ["forbidden", "conflict"],
    async handle({ grant, body }) {
      return { status: 200, body: await updatePolicy(grant, body) };
    },
  }),
});
