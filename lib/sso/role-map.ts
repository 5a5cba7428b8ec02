import { z } from "zod";
import { roleIds } from "@/lib/access/roles";

const ruleSchema = z.strictObject({
  group: z.string().min(1),
  organization: z.uuid("expected the id of an organization"),
  tenant: z.uuid("expected the id of a tenant").optional(),
  role: z.enum(roleIds, `expected one of ${roleIds.join(", ")}`),
});

/** A group at the OpenID provider, and the role that its members have here: in a whole organization, or in a tenant. */
export type RoleRule = z.infer<typeof ruleSchema>;

/** The rules of OIDC_ROLE_MAP; or what is wrong with it. */
export function readRoleMap(
  setting: string,
): { ok: true; rules: readonly RoleRule[] } | { ok: false; problem: string } {
  const example = '[{"group":"praxis-admins","organization":"<id>","role":"admin"}]';
  const parsed = z.array(ruleSchema).safeParse(jsonOf(setting));
  if (parsed.success) return { ok: true, rules: parsed.data };
  const [issue] = parsed.error.issues;
  const at = issue?.path.length ? `${issue.path.join(".")}: ${issue.message}` : "not a JSON array";
  return { ok: false, problem: `${at}; expected rules like ${example}` };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A role in one place, which a person's groups lead to. */
export interface MappedRole {
  organizationId: string;
  tenantId: string | null;
  role: RoleRule["role"];
}

/** The roles that groups lead to: in each place the highest. */
export function rolesOfGroups(rules: readonly RoleRule[], groups: readonly string[]): MappedRole[] {
  const byPlace = new Map<string, MappedRole>();
  for (const { group, organization, tenant, role } of rules) {
    if (!groups.includes(group)) continue;
    const mapped = { organizationId: organization.toLowerCase(), tenantId: tenant?.toLowerCase() ?? null, role };
    const known = byPlace.get(placeOf(mapped));
    if (!known || rankOf(role) < rankOf(known.role)) byPlace.set(placeOf(mapped), mapped);
  }
  return [...byPlace.values()];
}

/** What tells one place from another. */
export function placeOf({ organizationId, tenantId }: Pick<MappedRole, "organizationId" | "tenantId">): string {
  return `${organizationId} ${tenantId ?? ""}`;
}

/** Role ids stand from the highest to the lowest. */
function rankOf(role: MappedRole["role"]): number {
  return roleIds.indexOf(role);
}
