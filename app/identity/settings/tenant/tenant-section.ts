import type { SessionPrincipal } from "@/lib/access/principal";

interface Named {
  id: string;
  name: string;
}

/** What a section of a tenant's settings is given; it asks for the right to see what it shows. */
export interface TenantSectionProps {
  session: SessionPrincipal;
  organization: Named;
  tenant: Named;
  searchParams: Record<string, string | string[] | undefined>;
}
