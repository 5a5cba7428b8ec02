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
