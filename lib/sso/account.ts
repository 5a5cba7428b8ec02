import { endAccess } from "@/lib/account/end-access";
import type { Prisma } from "@/lib/db/generated/client";
import type { SsoPerson } from "./identity";
import { SsoRefusal } from "./refusal";
import type { SsoSettings } from "./settings";

/** The service, acting on what the OpenID provider says. */
export const ssoActor = { kind: "system", label: "Single sign-on" } as const;

export interface SsoAccount {
  id: string;
  name: string;
  email: string;
  sessionVersion: number;
  /** What this sign-in did to find it. */
  found: "known" | "created" | "linked";
  passwordRemoved: boolean;
}

interface Circumstances {
  /** Whether a person without an account gets one: they have a role waiting. */
  mayCreate: boolean;
  /** Whose session the browser has: they have shown that the account is theirs. */
  signedInAs: string | null;
  settings: SsoSettings;
}

/**
 * The account of a person, locked: the one that their issuer and subject were linked to; else the one of their verified
 * e-mail, which is linked now, or made. Throws SsoRefusal.
 */
export async function accountOf(
  transaction: Prisma.TransactionClient,
  person: SsoPerson,
  circumstances: Circumstances,
): Promise<SsoAccount> {
  const { issuer, subject, verifiedEmail } = person;
  const known = await transaction.ssoIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { userId: true },
  });
  if (known) return { ...(await lockActive(transaction, known.userId)), found: "known", passwordRemoved: false };
  if (verifiedEmail === null) throw new SsoRefusal("sso_email_not_verified");
  const created = circumstances.mayCreate ? await createUser(transaction, verifiedEmail, person.name) : false;
  const row = await transaction.user.findUnique({ where: { email: verifiedEmail }, select: { id: true } });
  if (!row) throw new SsoRefusal("sso_no_role");
  const user = await lockActive(transaction, row.id);
  const { count } = await transaction.ssoIdentity.createMany({
    data: [{ userId: user.id, issuer, subject }],
    skipDuplicates: true,
  });
  if (count === 0 && !(await isLinked(transaction, user.id, person)))
    throw new SsoRefusal("sso_linked_elsewhere", undefined, user.id);
  if (created) return { ...user, found: "created", passwordRemoved: false };
  if (count === 0 || circumstances.signedInAs === user.id) return { ...user, found: "linked", passwordRemoved: false };
  return { ...user, ...(await takeOver(transaction, user.id, circumstances.settings)), found: "linked" };
}

async function createUser(transaction: Prisma.TransactionClient, email: string, name: string | null): Promise<boolean> {
  const data = [{ email, name: name ?? email.slice(0, email.indexOf("@")).slice(0, 80) }];
  const { count } = await transaction.user.createMany({ data, skipDuplicates: true });
  return count === 1;
}

async function lockActive(transaction: Prisma.TransactionClient, id: string) {
  await transaction.$queryRaw`select 1 from users where id = ${id}::uuid for update`;
  const { disabledAt, ...user } = await transaction.user.findUniqueOrThrow({
    where: { id },
    select: { id: true, name: true, email: true, sessionVersion: true, disabledAt: true },
  });
  if (disabledAt !== null) throw new SsoRefusal("account_disabled", undefined, id);
  return user;
}

/** Whether somebody linked just this, at the same moment. */
async function isLinked(transaction: Prisma.TransactionClient, userId: string, { issuer, subject }: SsoPerson) {
  return (await transaction.ssoIdentity.findFirst({ where: { userId, issuer, subject } })) !== null;
}

/**
 * Takes an account over for the person whose e-mail it has: whoever made it may know its password, so that goes, and with
 * it what was begun with it. An owner that OIDC_ROLE_MAP vouches for keeps theirs, for when the provider is down.
 */
async function takeOver(transaction: Prisma.TransactionClient, userId: string, { roleMap }: SsoSettings) {
  const sessionVersion = await endAccess(transaction, userId, ssoActor, "password_reset");
  const vouchedFor = await transaction.membership.findFirst({
    where: { userId, tenantId: null, role: "owner", organizationId: { in: roleMap.map((rule) => rule.organization) } },
    select: { id: true },
  });
  if (vouchedFor) return { sessionVersion, passwordRemoved: false };
  const { count } = await transaction.user.updateMany({
    where: { id: userId, passwordHash: { not: null } },
    data: { passwordHash: null },
  });
  return { sessionVersion, passwordRemoved: count === 1 };
}
