import type { OrganizationGrant } from "@/lib/access/decide";
import { changeRole } from "./change-role";
import { setDisabled } from "./disable";
import type { MemberView, UpdateMemberInput } from "./schema";

/** What `PATCH /identity/users/{id}` asks for: one of a change of role and a change of the account's state. */
export async function updateMember(
  grant: OrganizationGrant<"user:write">,
  userId: string,
  input: UpdateMemberInput,
): Promise<MemberView> {
  if (input.disabled !== undefined) return setDisabled(grant, userId, input.disabled);
  return changeRole(grant, userId, { role: input.role ?? null, tenantId: input.tenantId ?? null });
}
