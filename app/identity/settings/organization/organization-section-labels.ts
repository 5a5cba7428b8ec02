import type { OrganizationTab } from "../paths";

/** What the sections of an organization's settings are called. */
export const organizationSectionLabels: Readonly<Record<OrganizationTab, string>> = {
  members: "Members",
  tenants: "Tenants",
  tokens: "Tokens",
  plan: "Plan",
  audit: "Audit log",
  general: "General",
};
