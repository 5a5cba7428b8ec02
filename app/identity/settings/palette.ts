import type { PaletteContent, PaletteGroup, PaletteLink } from "@/components/shell/command-palette-content";
import { effectiveScopes } from "@/lib/access/decide";
import { parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import { plans } from "@/lib/access/plans";
import type { SessionPrincipal } from "@/lib/access/principal";
import type { Scope } from "@/lib/access/scopes";
import type { listOrganizations } from "@/lib/organizations";
import type { Text } from "@/lib/text/text";
import { organizationSectionLabels } from "./organization/organization-section-labels";
import {
  type OrganizationTab,
  organizationSettingsPath,
  profileTabLabels,
  profileTabPath,
  profileTabs,
  type TenantTab,
  tenantSettingsPath,
  tenantTabs,
} from "./paths";
import { findTokensAction } from "./tenant/find-tokens";
import { tenantSectionLabels } from "./tenant/tenant-sections";

type Organization = Awaited<ReturnType<typeof listOrganizations>>[number];

interface PaletteParts {
  session: SessionPrincipal;
  /** The tenant at hand, or the first there is. */
  place: { organization: Organization; tenant: { id: string; name: string } } | null;
  /** The organization at hand with what the user may see of it. */
  administered: { organization: Organization; tabs: readonly OrganizationTab[] } | null;
}

const scopeOfTab: Readonly<Record<TenantTab, Scope>> = {
  general: "tenant:read",
  "api-tokens": "token:read",
  policy: "tenant:read",
  webhooks: "tenant:read",
  audit: "audit:read",
};

/** What the command palette offers this user: what they may open, and nothing else. */
export function paletteContent({ session, place, administered }: PaletteParts, text: Text): PaletteContent {
  const held = place ? scopesIn(session, place) : [];
  const groups: PaletteGroup[] = [];
  if (place) {
    const { organization, tenant } = place;
    const links: PaletteLink[] = tenantTabs
      .filter((tab) => held.includes(scopeOfTab[tab]))
      .map((tab) => ({
        label: text.known(tenantSectionLabels[tab]),
        href: tenantSettingsPath(organization, tenant, tab),
        icon: "page",
      }));
    const create = `${tenantSettingsPath(organization, tenant)}&create=1`;
    if (held.includes("token:read") && held.includes("token:write") && plans[organization.plan].programmaticAccess)
      links.unshift({ label: text("Create API token"), href: create, icon: "create" });
    groups.push({ label: nameOf(place), links });
  }
  if (administered) {
    const { organization, tabs } = administered;
    groups.push({
      label: organization.name,
      links: tabs.map((tab) => ({
        label: text.known(organizationSectionLabels[tab]),
        href: organizationSettingsPath(organization, tab),
        icon: "organization",
      })),
    });
  }
  groups.push({
    label: text("You"),
    links: [
      ...profileTabs.map((tab) => ({
        label: text.known(profileTabLabels[tab]),
        href: profileTabPath(tab),
        icon: "profile" as const,
      })),
      { label: text("Docs"), href: "/docs", icon: "docs" },
      { label: text("API reference"), href: "/docs/reference", icon: "docs" },
    ],
  });
  return {
    groups: groups.filter(({ links }) => links.length > 0),
    tokens:
      place && held.includes("token:read")
        ? {
            place: nameOf(place),
            find: findTokensAction.bind(null, { organizationId: place.organization.id, tenantId: place.tenant.id }),
          }
        : null,
  };
}

function nameOf({ organization, tenant }: NonNullable<PaletteParts["place"]>): string {
  return `${organization.name} / ${tenant.name}`;
}

function scopesIn(session: SessionPrincipal, { organization, tenant }: NonNullable<PaletteParts["place"]>): Scope[] {
  const organizationId = parseOrganizationId(organization.id);
  const tenantId = parseTenantId(tenant.id);
  return organizationId && tenantId ? effectiveScopes(session, organizationId, tenantId) : [];
}
