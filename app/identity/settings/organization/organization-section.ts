import type { SessionPrincipal } from "@/lib/access/principal";

/** What a section of an organization's settings is given; it asks for the right to see what it shows. */
export interface OrganizationSectionProps {
  session: SessionPrincipal;
  organizationId: string;
  searchParams: Record<string, string | string[] | undefined>;
}
