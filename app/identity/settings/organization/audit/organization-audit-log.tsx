import type { ReactNode } from "react";
import type { OrganizationSectionProps } from "../organization-section";

export async function OrganizationAuditLog(_: OrganizationSectionProps): Promise<ReactNode> {
  return null;
}
