import { message } from "@/lib/text/message";
import type { OrganizationTab } from "../paths";

/** What the sections of an organization's settings are called. */
export const organizationSectionLabels: Readonly<Record<OrganizationTab, string>> = {
  members: message("Members"),
  tenants: message("Tenants"),
  tokens: message("Tokens"),
  plan: message("Plan"),
  audit: message("Audit log"),
  general: message("General"),
};
