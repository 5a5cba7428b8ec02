"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { type ActionResult, runOrganizationAction } from "@/lib/gates/action";
import { addMember } from "@/lib/members/add";
import { removeMember } from "@/lib/members/remove";
import { resetPassword } from "@/lib/members/reset-password";
import { addMemberSchema, updateMemberSchema } from "@/lib/members/schema";
import { updateMember } from "@/lib/members/update";
import { updateOrganization, updateOrganizationSchema } from "@/lib/organizations";

const path = "/identity/settings/organization";
const memberId = z.uuid();

/** Adds a member; a generated password is in this answer and nowhere else. */
export async function addMemberAction(organizationId: string, input: unknown) {
  const declaration = { scope: "user:write", input: addMemberSchema, path, organizationId } as const;
  return refreshed(await runOrganizationAction(declaration, input, addMember));
}

/** Changes a member's role in one place. */
export async function changeRoleAction(organizationId: string, id: string, change: unknown) {
  return updated(organizationId, id, change);
}

/** Disables or enables a member's account. */
export async function setDisabledAction(organizationId: string, id: string, disabled: boolean) {
  return updated(organizationId, id, { disabled });
}

/** Takes every role in the organization from a member. */
export async function removeMemberAction(organizationId: string, id: string) {
  const declaration = { scope: "user:write", input: memberId, path, organizationId } as const;
  return refreshed(
    await runOrganizationAction(declaration, id, async (grant, userId) => {
      await removeMember(grant, userId);
      return {};
    }),
  );
}

/** Gives a member a new password, which is in this answer and nowhere else. */
export async function resetPasswordAction(organizationId: string, id: string) {
  const declaration = { scope: "user:write", input: memberId, path, organizationId } as const;
  return refreshed(await runOrganizationAction(declaration, id, resetPassword));
}

/** Renames the organization. */
export async function renameOrganizationAction(organizationId: string, input: unknown) {
  const declaration = { scope: "organization:write", input: updateOrganizationSchema, path, organizationId } as const;
  return refreshed(
    await runOrganizationAction(declaration, input, async (grant, change) => {
      await updateOrganization(grant, change);
      return {};
    }),
  );
}

/** Requires single sign-on of the organization's members, or does not any more. */
export async function setSsoRequiredAction(organizationId: string, ssoRequired: boolean) {
  const declaration = { scope: "organization:write", input: updateOrganizationSchema, path, organizationId } as const;
  return refreshed(
    await runOrganizationAction(declaration, { ssoRequired }, async (grant, change) => {
      await updateOrganization(grant, change);
      return {};
    }),
  );
}

async function updated(organizationId: string, id: string, change: unknown) {
  const schema = z.object({ id: memberId, change: updateMemberSchema });
  const declaration = { scope: "user:write", input: schema, path, organizationId } as const;
  return refreshed(
    await runOrganizationAction(declaration, { id, change }, async (grant, input) => {
      await updateMember(grant, input.id, input.change);
      return {};
    }),
  );
}

function refreshed<T>(result: ActionResult<T>): ActionResult<T> {
  if (result.ok) refresh();
  return result;
}
