import { createLoader } from "nuqs/server";
import { memberParams } from "@/components/organization/member-params";
import { MembersPanel } from "@/components/shell/lazy-panels";
import { NoOrganizationPermission } from "@/components/shell/states";
import type { OrganizationGrant } from "@/lib/access/decide";
import { parseOrganizationId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { askInOrganization } from "@/lib/gates/authorize";
import { countActiveOwners, listMembers } from "@/lib/members/queries";
import { getOrganization } from "@/lib/organizations";
import { requestText } from "@/lib/text/server";
import { section } from "../section";
import {
  addMemberAction,
  changeRoleAction,
  removeMemberAction,
  resetPasswordAction,
  setDisabledAction,
} from "./actions";
import type { OrganizationSectionProps } from "./organization-section";

const pageSize = 25;
const listState = createLoader(memberParams);
type ListState = Awaited<ReturnType<typeof listState>>;

/** The tab: asks for the right to see, loads one page, and hands the browser what it shows and no more. */
export async function Members({ session, organizationId, searchParams }: OrganizationSectionProps) {
  const text = await requestText();
  return section({
    path: "/identity/settings/organization",
    failure: {
      title: text("The members could not be loaded"),
      text: text("The server failed to answer. Nothing was changed. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoOrganizationPermission scope="user:read" what="members" />
      ) : (
        <MembersPanel
          {...loaded}
          now={new Date().toISOString()}
          currentUserId={session.user.id}
          add={addMemberAction.bind(null, organizationId)}
          changeRole={changeRoleAction.bind(null, organizationId)}
          actions={{
            setDisabled: setDisabledAction.bind(null, organizationId),
            remove: removeMemberAction.bind(null, organizationId),
            resetPassword: resetPasswordAction.bind(null, organizationId),
          }}
        />
      ),
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organizationId), tenantId: null };
    const [read, write] = await Promise.all([
      askInOrganization(session, "user:read", context, origin),
      askInOrganization(session, "user:write", context, origin),
    ]);
    if (!read.allowed) return { denied: true } as const;
    const [page, organization, owners] = await Promise.all([
      pageOf(read.grant, listState(searchParams)),
      getOrganization(read.grant),
      countActiveOwners(read.grant),
    ]);
    return {
      members: page.items,
      nextCursor: page.nextCursor,
      previousCursor: page.previousCursor,
      organizationName: organization.name,
      tenants: organization.tenants,
      heldScopes: read.grant.heldScopes,
      isOnlyOwner: owners === 1,
      readOnlyReason: write.allowed ? undefined : text("Your role doesn't include user:write. Ask an owner or admin."),
    };
  }
}

/** One page of the list. A cursor that is stale or was tampered with leads to the first page, not to an error. */
async function pageOf(grant: OrganizationGrant<"user:read">, { q, cursor }: ListState) {
  const query = { q: q.slice(0, 80), limit: pageSize };
  if (cursor === null) return listMembers(grant, query);
  try {
    return await listMembers(grant, { ...query, cursor });
  } catch (error) {
    if (error instanceof Problem && error.details.code === "invalid_request") return listMembers(grant, query);
    throw error;
  }
}
