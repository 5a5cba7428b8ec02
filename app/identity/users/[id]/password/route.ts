import { routes } from "@/lib/gates/route";
import { resetPassword } from "@/lib/members/reset-password";
import { resetPasswordSchema } from "@/lib/members/schema";
import { organizationOperation } from "@/lib/operation";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: organizationOperation({
    summary: "Replace a member's password by a generated one",
    description: "It is in this answer only. The person's sessions and personal tokens end at once.",
    scope: "user:write",
    responses: { 200: { description: "The new password", schema: resetPasswordSchema } },
    errors: ["forbidden", "reauthentication_required", "conflict"],
    async handle({ grant, id }) {
      return { status: 200, body: await resetPassword(grant, id) };
    },
  }),
});
