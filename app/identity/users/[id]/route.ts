import { routes } from "@/lib/gates/route";
import { removeMember } from "@/lib/members/remove";
import { memberSchema, updateMemberSchema } from "@/lib/members/schema";
import { updateMember } from "@/lib/members/update";
import { organizationOperation } from "@/lib/operation";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  PATCH: organizationOperation({
    summary: "Change a member's role, or disable or enable their account",
    description:
      "Disabling ends the person's sessions and personal tokens at once. The last active owner of an organization " +
      "stays, and an account that another organization shares is not disabled from here: remove the member instead.",
    scope: "user:write",
    body: updateMemberSchema,
    responses: { 200: { description: "The member as they now are", schema: memberSchema } },
    errors: ["forbidden", "reauthentication_required", "conflict"],
    async handle({ grant, id, body }) {
      return { status: 200, body: await updateMember(grant, id, body) };
    },
  }),
  DELETE: organizationOperation({
    summary: "Remove a member from an organization and all its tenants",
    description: "Their account stays. API tokens they created go on with their data scopes.",
    scope: "user:write",
    responses: { 204: { description: "They are no member any more" } },
    errors: ["forbidden", "conflict"],
    async handle({ grant, id }) {
      await removeMember(grant, id);
      return { status: 204 };
    },
  }),
});
