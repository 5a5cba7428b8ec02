import { type OrganizationId, parseOrganizationId, parseTenantId, type TenantId } from "@/lib/access/ids";
import { type FieldIssue, invalidRequest } from "@/lib/errors";
import type { ApiRequest } from "./message";

export const organizationHeader = "x-ne-org-id";
export const tenantHeader = "x-ne-tenant-id";

export interface ContextIds {
  organizationId: OrganizationId | null;
  tenantId: TenantId | null;
}

/** The organization and tenant a call names in its headers. Throws 400 naming a malformed one. */
export function readContextHeaders(headers: ApiRequest["headers"]): ContextIds {
  const issues: FieldIssue[] = [];
  const read = <T>(name: string, parse: (value: string) => T | null): T | null => {
    const value = headers.get(name);
    if (value === null) return null;
    const id = parse(value.trim());
    if (id === null) issues.push({ path: name, message: "Not a UUID" });
    return id;
  };
  const context = {
    organizationId: read(organizationHeader, parseOrganizationId),
    tenantId: read(tenantHeader, parseTenantId),
  };
  if (issues.length > 0) throw invalidRequest(issues);
  return context;
}
