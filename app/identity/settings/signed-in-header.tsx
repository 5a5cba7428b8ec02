import { useText } from "#text";
import { AppHeader } from "@/components/shell/app-header";
import { organizationScopes } from "@/lib/access/decide";
import { parseOrganizationId } from "@/lib/access/ids";
import type { SessionPrincipal } from "@/lib/access/principal";
import type { listOrganizations } from "@/lib/organizations";
import { paletteContent } from "./palette";
import { type OrganizationTab, organizationSettingsPath, profilePath, tenantSettingsPath } from "./paths";
import { signOut } from "./sign-out";

type Organizations = Awaited<ReturnType<typeof listOrganizations>>;

interface SignedInHeaderProps {
  session: SessionPrincipal;
  organizations: Organizations;
  /** Where the page is. */
  area: "tenant" | "organization" | "profile";
  organizationId: string | null;
  tenantId: string | null;
}

/** The bar of every signed-in page, with links to the settings that this user can open and to no others. */
export function SignedInHeader({ session, organizations, area, organizationId, tenantId }: SignedInHeaderProps) {
  const text = useText();
  // Where the page is in no organization, the links lead to the first there is.
  const chosen = organizations.filter(({ id }) => organizationId === null || id === organizationId);
  const withTenant = chosen.find(({ tenants }) => tenants.length > 0);
  const tenant = withTenant?.tenants.find(({ id }) => id === tenantId) ?? withTenant?.tenants[0];
  const administered = chosen.find((organization) => openTabs(session, organization.id).length > 0);
  const tabs = administered ? openTabs(session, administered.id) : [];
  const [firstTab] = tabs;
  return (
    <AppHeader
      homeHref="/"
      organizations={organizations.map((item) => ({
        ...item,
        tenants: item.tenants.map((choice) => ({ ...choice, href: tenantSettingsPath(item, choice) })),
      }))}
      currentOrganizationId={organizationId}
      currentTenantId={tenantId}
      user={session.user}
      profileHref={profilePath}
      links={[
        ...(withTenant && tenant
          ? [
              {
                kind: "tenant" as const,
                label: text("Tenant settings"),
                href: tenantSettingsPath(withTenant, tenant),
                current: area === "tenant",
              },
            ]
          : []),
        ...(administered && firstTab
          ? [
              {
                kind: "organization" as const,
                label: text("Organization settings"),
                href: organizationSettingsPath(administered, firstTab),
                current: area === "organization",
              },
            ]
          : []),
      ]}
      palette={paletteContent(
        {
          session,
          place: withTenant && tenant ? { organization: withTenant, tenant } : null,
          administered: administered ? { organization: administered, tabs } : null,
        },
        text,
      )}
      onSignOut={signOut}
    />
  );
}

/** The parts of an organization's settings that the user may see. */
export function openTabs(session: SessionPrincipal, organizationId: string): OrganizationTab[] {
  const id = parseOrganizationId(organizationId);
  const held = id ? organizationScopes(session, id) : [];
  return [
    ...(held.includes("user:read") ? (["members"] as const) : []),
    ...(held.includes("organization:read") ? (["tenants"] as const) : []),
    ...(held.includes("organization:read") && held.includes("token:read") ? (["tokens"] as const) : []),
    ...(held.includes("organization:read") ? (["plan"] as const) : []),
    ...(held.includes("audit:read") ? (["audit"] as const) : []),
    ...(held.includes("organization:read") ? (["general"] as const) : []),
  ];
}
