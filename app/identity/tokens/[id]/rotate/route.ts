import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { rotateToken } from "@/lib/tokens/rotate";
import { createdTokenSchema, rotateTokenSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: tenantOperation({
    summary: "Rotate an API token",
    description:
      "Issues a successor with the same settings and a new secret. The old secret works on for the overlap; 0 ends it now.",
    scope: "token:write",
    body: rotateTokenSchema,
    responses: { 201: { description: "The successor and its secret, shown this once", schema: createdTokenSchema } },
    takesIdempotencyKey: true,
    errors: ["forbidden", "reauthentication_required", "conflict"],
    async handle({ grant, id, body, idempotencyKey }) {
      return { status: 201, body: await rotateToken(grant, id, body, idempotencyKey) };
    },
  }),
});
