import { routes } from "@/lib/gates/route";
import { addMember } from "@/lib/members/add";
import { listMembers } from "@/lib/members/queries";
import { addedMemberSchema, addMemberSchema, memberListQuerySchema, memberSchema } from "@/lib/members/schema";
import { listOf, organizationOperation } from "@/lib/operation";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: organizationOperation({
    summary: "List the members of an organization",
    description: "By name, each with their roles in the organization and its tenants.",
    scope: "user:read",
    query: memberListQuerySchema,
    responses: { 200: { description: "A page of members", schema: listOf(memberSchema) } },
    async handle({ grant, query }) {
      const { items, nextCursor } = await listMembers(grant, query);
      return { status: 200, body: { items, nextCursor } };
    },
  }),
  POST: organizationOperation({
    summary: "Add a member to an organization",
    description:
      "By e-mail address. A person without an account gets one; a password that was generated for it is in this " +
      "answer only. Nobody gives a role that may do more than they may.",
    scope: "user:write",
    body: addMemberSchema,
    responses: { 201: { description: "The member, and a generated password", schema: addedMemberSchema } },
    errors: ["forbidden", "reauthentication_required", "conflict"],
    async handle({ grant, body }) {
      return { status: 201, body: await addMember(grant, body) };
    },
  }),
});
