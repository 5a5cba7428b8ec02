import { z } from "zod";
import { fromRow, parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { countingMemberships } from "@/lib/access/sso-rule";
import { type AuditEntry, recordAccountAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { verifyPassword } from "@/lib/passwords";
import type { Quota } from "@/lib/rate-limit/limiter";
import { startSession } from "@/lib/sessions/start";
import { knownDevice, rememberDevice } from "@/lib/sign-in-device";
import { type Admission, admitSignIn } from "@/lib/sign-in-throttle";

const credentialsSchema = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().min(1).max(1024),
});

/** What the browser that signs in brings along. */
interface Browser {
  /** Its cookie from earlier sign-ins, if any. */
  deviceCookie?: string | undefined;
  /** The session it had until now. */
  replaces?: string | null;
}

export interface SignedIn {
  outcome: "signed_in";
  userId: string;
  sessionVersion: number;
  sessionId: string;
  /** The device cookie from now on. */
  deviceCookie: string;
}

export type SignInResult =
  | SignedIn
  | { outcome: "refused" }
  | { outcome: "sso_required" }
  | { outcome: "throttled"; quota: Quota };

/**
 * Checks an e-mail and password, and begins a session. Refused, in the same time and with the same answer, when there is
 * no such user, the password is another or the user is disabled; throttled, whether or not there is such a user, after
 * too many that were refused. A right password where every organization of the user's requires single sign-on opens
 * nothing, and is told so; an owner's opens it, on record as that. Throws when the database cannot say. Every outcome is
 * audited, a throttle when it begins.
 */
export async function signIn(
  credentials: { email: string; password: string },
  origin: Origin,
  { deviceCookie, replaces = null }: Browser = {},
): Promise<SignInResult> {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) return { outcome: "refused" };
  const { email, password } = parsed.data;
  const device = knownDevice(deviceCookie, email);
  const admission = await admitSignIn(email, { device, address: origin.address });
  if (!admission.admitted) return await throttle(email, admission, origin);
  const user = await findUser(email);
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (user === null || !matches || user.disabledAt !== null) {
    await refuse(user, refusalReason(user, matches), origin);
    return { outcome: "refused" };
  }
  // Asked only now: for an account that does not exist it could not take as long.
  const opens = await whatPasswordOpens(user.id);
  if (opens === "nothing") {
    await refuse(user, "sso_required", origin);
    return { outcome: "sso_required" };
  }
  const sessionId = await db.$transaction(async (transaction) => {
    const started = await startSession(
      transaction,
      { userId: user.id, sessionVersion: user.sessionVersion, method: "password", authenticatedAt: null, replaces },
      origin,
    );
    const reason = opens === "as_owner" ? { reason: "break_glass" } : {};
    await record(transaction, user, { action: "session.started", ...reason }, origin);
    return started;
  });
  await admission.giveBack();
  const { id: userId, sessionVersion } = user;
  const cookie = rememberDevice(deviceCookie, email);
  return { outcome: "signed_in", userId, sessionVersion, sessionId, deviceCookie: cookie };
}

async function throttle(
  email: string,
  { by, quota }: Extract<Admission, { admitted: false }>,
  origin: Origin,
): Promise<SignInResult> {
  // Once, not at each attempt: who floods the sign-in does not fill the log, nor keep the database busy.
  if (quota.isFirstBeyond) await refuse(await findUser(email), `throttled_${by}`, origin);
  return { outcome: "throttled", quota };
}

type User = Awaited<ReturnType<typeof findUser>>;

function findUser(email: string) {
  return db.user.findUnique({
    where: { email },
    select: { id: true, name: true, passwordHash: true, sessionVersion: true, disabledAt: true },
  });
}

/** What the user's memberships make of a password that is right. */
async function whatPasswordOpens(userId: string): Promise<"all" | "as_owner" | "nothing"> {
  const memberships = await db.membership.findMany({
    where: { userId },
    select: { organizationId: true, tenantId: true, role: true, organization: { select: { ssoRequired: true } } },
  });
  const ruled = memberships.map(({ organizationId, tenantId, role, organization }) => ({
    organizationId: fromRow(parseOrganizationId, organizationId),
    tenantId: tenantId === null ? null : fromRow(parseTenantId, tenantId),
    role,
    ssoRequired: organization.ssoRequired,
  }));
  const counting = countingMemberships(ruled, { kind: "session", method: "password" });
  if (counting.memberships.length === 0 && counting.ssoRequiredIn.length > 0) return "nothing";
  const strict = new Set(ruled.flatMap(({ ssoRequired, organizationId }) => (ssoRequired ? organizationId : [])));
  return counting.memberships.some(({ organizationId }) => strict.has(organizationId)) ? "as_owner" : "all";
}

function refuse(user: User, reason: string, origin: Origin): Promise<void> {
  return record(db, user, { action: "session.refused", outcome: "denied", reason }, origin);
}

function record(transaction: Prisma.TransactionClient, user: User, entry: AuditEntry, origin: Origin): Promise<void> {
  const actor = user
    ? ({ kind: "user", id: user.id, label: user.name } as const)
    : ({ kind: "anonymous", id: null, label: "Unknown account" } as const);
  return recordAccountAudit(transaction, { userId: user?.id ?? null, actor, origin }, entry);
}

function refusalReason(user: User, matches: boolean): string {
  if (!user) return "unknown_account";
  return matches ? "account_disabled" : "wrong_password";
}
