import { cache } from "react";
import { currentSession, requireSession } from "@/lib/gates/page";
import { listOrganizations } from "@/lib/organizations";

/** The signed-in user with the organizations and tenants they can see, read once per request; null when signed out. */
export const currentPlaces = cache(async () => {
  const session = await currentSession();
  return session && { session, organizations: await listOrganizations(session) };
});

/** The same for a page. Who is signed out is sent to sign in, and comes back here. */
export async function requirePlaces(returnTo: string) {
  const places = await currentPlaces();
  if (places) return places;
  const session = await requireSession(returnTo);
  return { session, organizations: await listOrganizations(session) };
}

type Organizations = Awaited<ReturnType<typeof listOrganizations>>;

/** "API tokens · Acme / east", or the tab alone where the user sees no such tenant. */
export async function tenantTitle(tab: string, tenantId: unknown): Promise<string> {
  for (const { name, tenants } of await visibleOrganizations())
    for (const tenant of tenants) if (tenant.id === tenantId) return `${tab} · ${name} / ${tenant.name}`;
  return tab;
}

/** "Members · Acme", or the tab alone where the user sees no such organization. */
export async function organizationTitle(tab: string, organizationId: unknown): Promise<string> {
  const organization = (await visibleOrganizations()).find(({ id }) => id === organizationId);
  return organization ? `${tab} · ${organization.name}` : tab;
}

async function visibleOrganizations(): Promise<Organizations> {
  return (await currentPlaces())?.organizations ?? [];
}
