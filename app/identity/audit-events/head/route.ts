import { readSignedHead, signedHeadSchema } from "@/lib/audit/head";
import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "Get the signed head of the audit log",
    description:
      "Where the tenant's chain of audit events stands now. Keep it somewhere else: `npm run audit:verify -- --heads` later proves that no event up to it was changed or taken out.",
    scope: "audit:read",
    responses: { 200: { description: "The head", schema: signedHeadSchema } },
    async handle({ grant }) {
      return { status: 200, body: await readSignedHead(grant) };
    },
  }),
});
