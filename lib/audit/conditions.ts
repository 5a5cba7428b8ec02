import type { Grant, OrganizationGrant } from "@/lib/access/decide";
import type { AuditFilter } from "./schema";

interface Conditions {
  /** To be joined with `and`. */
  conditions: string[];
  /** Of the placeholders in them. */
  values: unknown[];
}

/** The fence, then the filter, as conditions on `audit_events`. A tenant's grant never reaches beyond that tenant. */
export function auditConditions(
  grant: Grant<"audit:read"> | OrganizationGrant<"audit:read">,
  filter: AuditFilter,
): Conditions {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const equals = (column: string, value: string | undefined) => {
    if (value !== undefined) conditions.push(`${column} = $${values.push(value)}`);
  };
  equals("organization_id", grant.organizationId);
  if (grant.tenantId !== null) equals("tenant_id", grant.tenantId);
  else if (filter.tenant === "none") conditions.push("tenant_id is null");
  else equals("tenant_id", filter.tenant);

  const group = filter.action?.endsWith(".*") ? filter.action.slice(0, -1) : undefined;
  if (group === undefined) equals("action", filter.action);
  else conditions.push(`starts_with(action, $${values.push(group)})`);
  // In these very words: an index of all other events is made for them.
  if (filter.uses === "exclude") conditions.push("action <> 'token.used'");
  equals("outcome", filter.outcome);
  equals("actor_id", filter.actor);
  equals("target_id", filter.target);
  equals("correlation_id", filter.correlationId);
  equals("address", filter.address);
  if (filter.from !== undefined) conditions.push(`occurred_at >= $${values.push(filter.from)}`);
  if (filter.to !== undefined) conditions.push(`occurred_at < $${values.push(filter.to)}`);
  return { conditions, values };
}
