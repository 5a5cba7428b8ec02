import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import { type AuditEntry, appendAudit, auditRow } from "@/lib/audit/events";
import type { SessionClaims } from "@/lib/auth";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { startSession } from "@/lib/sessions/start";
import { accountOf, type SsoAccount } from "./account";
import type { SsoPerson } from "./identity";
import { SsoRefusal } from "./refusal";
import { rolesOfGroups } from "./role-map";
import type { SsoSettings } from "./settings";
import { lockOrganizations, rolesThatExist, syncRoles } from "./sync-roles";

/** When nobody says that a password was given: long ago. */
const never = new Date(0);

/**
 * Signs a person in who was at the OpenID provider: finds, links or makes their account, brings the roles that their
 * groups lead to up to date, and begins a session, all in one transaction. Throws SsoRefusal.
 */
export async function startSsoSession(
  person: SsoPerson,
  { settings, origin, current }: { settings: SsoSettings; origin: Origin; current: SessionPrincipal | null },
): Promise<SessionClaims> {
  const result = await db.$transaction(async (transaction) => {
    const mapped = await rolesThatExist(transaction, rolesOfGroups(settings.roleMap, person.groups));
    const organizationIds = [
      ...new Set([
        ...mapped.map(({ organizationId }) => organizationId),
        ...(await organizationsOfGroups(transaction, person)),
      ]),
    ];
    await lockOrganizations(transaction, organizationIds);
    const mayCreate = mapped.length > 0;
    const signedInAs = current?.user.id ?? null;
    const account = await accountOf(transaction, person, { mayCreate, signedInAs, settings });
    const changes = await syncRoles(transaction, account, mapped, { organizationIds, origin });
    const places = await transaction.membership.findMany({
      where: { userId: account.id },
      distinct: ["organizationId"],
      select: { organizationId: true },
    });
    const record = (entry: AuditEntry, ids: readonly (string | null)[]) =>
      appendAudit(transaction, [
        ...changes,
        ...ids.map((organizationId) => auditRow({ organizationId, tenantId: null, ...by(account, origin) }, entry)),
      ]);
    if (places.length === 0) {
      // The roles are gone all the same, so this is not thrown before they are.
      const refused = { action: "session.refused", outcome: "denied", reason: "sso_no_role" } as const;
      await record(refused, organizationIds.length === 0 ? [null] : organizationIds);
      return { outcome: "no_role" } as const;
    }
    const { id: userId, sessionVersion, found, passwordRemoved } = account;
    const sessionId = await startSession(
      transaction,
      {
        userId,
        sessionVersion,
        method: "sso",
        authenticatedAt: earlier(person.authenticatedAt ?? never, new Date()),
        replaces: current?.sessionId ?? null,
      },
      origin,
    );
    await record(
      { action: "session.started", details: { method: "sso", account: found, passwordRemoved } },
      places.map(({ organizationId }) => organizationId),
    );
    return { outcome: "started", claims: { userId, sessionVersion, sessionId } } as const;
  });
  if (result.outcome === "started") return result.claims;
  throw new SsoRefusal("sso_no_role", undefined, null, { onRecord: true });
}

/** Where the account that a person will turn out to have has roles for its groups. */
async function organizationsOfGroups(
  transaction: Prisma.TransactionClient,
  { issuer, subject, verifiedEmail }: SsoPerson,
): Promise<string[]> {
  const memberships = await transaction.membership.findMany({
    where: {
      fromGroup: true,
      user: {
        OR: [
          { ssoIdentities: { some: { issuer, subject } } },
          ...(verifiedEmail === null ? [] : [{ email: verifiedEmail }]),
        ],
      },
    },
    distinct: ["organizationId"],
    select: { organizationId: true },
  });
  return memberships.map(({ organizationId }) => organizationId);
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

function by({ id, name }: SsoAccount, origin: Origin) {
  return { actor: { kind: "user", id, label: name } as const, origin };
}
