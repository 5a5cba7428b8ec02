import type { Grant } from "@/lib/access/decide";
import { Prisma } from "@/lib/db/generated/client";
import { type FieldIssue, Problem } from "@/lib/errors";
import { policyColumns } from "./policy";
import { mayNeverExpire, type TokenPolicy } from "./schema";
import { areAddressesWithin, isFullAccess } from "./violations";

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** How much later than the maximum an expiry may be, for clocks differ; it is shortened to the maximum. */
const clockToleranceMilliseconds = 60_000;

/**
 * The policy a token is issued under, locked until the transaction ends: a change of it waits for the token, or the
 * token for the change. Those who issue do not wait for each other.
 */
export async function holdPolicy(
  transaction: Prisma.TransactionClient,
  grant: Grant<"token:write">,
): Promise<TokenPolicy> {
  await transaction.$queryRaw`select id from tenants where id = ${grant.tenantId}::uuid for share`;
  return readPolicy(transaction, grant);
}

/**
 * The same for issuing one token more than there are. Where there is a quota, those who issue wait for each other, or
 * two would take the last place. Throws 409 when a quota is set or lifted at this very moment.
 */
export async function holdPolicyForOneMore(
  transaction: Prisma.TransactionClient,
  grant: Grant<"token:write">,
): Promise<TokenPolicy> {
  const tenant = Prisma.sql`select id from tenants where id = ${grant.tenantId}::uuid`;
  const held = await transaction.$queryRaw<{ id: string }[]>`
    with counted as (${tenant} and max_working_tokens is not null for no key update),
         uncounted as (${tenant} and max_working_tokens is null for share)
    select id from counted union all select id from uncounted`;
  if (held.length > 0) return readPolicy(transaction, grant);
  throw new Problem({ code: "conflict" }, "The tenant's policy was changed at this very moment; try again");
}

/** Throws 403 `forbidden` when the tenant has as many working tokens as the policy that is held allows. */
export async function requirePlace(
  transaction: Prisma.TransactionClient,
  grant: Grant<"token:write">,
  { maxWorkingTokens }: TokenPolicy,
): Promise<void> {
  if (maxWorkingTokens === null) return;
  const { organizationId, tenantId } = grant;
  const working = await transaction.token.count({
    where: {
      ...{ kind: "api", organizationId, tenantId, revokedAt: null },
      // The successor has the place of a token that was rotated, so that a quota never stands in the way of rotating.
      supersededAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
    },
  });
  if (working < maxWorkingTokens) return;
  throw new Problem(
    { code: "forbidden" },
    `The tenant's policy allows ${maxWorkingTokens} working tokens and there are ${working}; revoke one that is not needed, or ask an admin to raise the quota`,
  );
}

async function readPolicy(transaction: Prisma.TransactionClient, grant: Grant<"token:write">): Promise<TokenPolicy> {
  const { tenantId, organizationId } = grant;
  return transaction.tenant.findFirstOrThrow({ where: { id: tenantId, organizationId }, select: policyColumns });
}

/** What a new token would be. */
interface Issued {
  scopes: readonly string[];
  /** The field that asked for the scopes. */
  scopesPath: "permissionSet" | "scopes";
  allowedCidrs: readonly string[];
  expiresAt: Date | null;
}

/** The fields in which a new token would break the policy, each with what the policy allows. */
export function policyIssues(policy: TokenPolicy, token: Issued, now: Date): FieldIssue[] {
  const latest = latestExpiry(policy, now);
  const lifetime = latest && `at most ${policy.maxLifetimeDays} days, until ${latest.toISOString()}`;
  const issues: FieldIssue[] = [];
  if (token.expiresAt === null && !mayNeverExpire(policy))
    issues.push({
      path: "expiresAt",
      message: `The tenant's policy does not allow a token that never expires${lifetime ? `; it allows ${lifetime}` : ""}`,
    });
  if (token.expiresAt && latest && token.expiresAt.getTime() > latest.getTime() + clockToleranceMilliseconds)
    issues.push({ path: "expiresAt", message: `The tenant's policy allows ${lifetime}` });
  if (!policy.fullAccessAllowed && isFullAccess(token.scopes))
    issues.push({
      path: token.scopesPath,
      message: "The tenant's policy does not allow a token that holds every scope; choose fewer",
    });
  if (!areAddressesWithin(policy, token.allowedCidrs)) issues.push(...addressIssues(policy, token.allowedCidrs));
  return issues;
}

function addressIssues(policy: TokenPolicy, allowedCidrs: readonly string[]): FieldIssue[] {
  const message = `The tenant's policy requires addresses within ${policy.requiredCidrs.join(", ")}`;
  if (allowedCidrs.length === 0) return [{ path: "allowedCidrs", message }];
  return allowedCidrs.flatMap((cidr, index) =>
    areAddressesWithin(policy, [cidr]) ? [] : [{ path: `allowedCidrs.${index}`, message }],
  );
}

/** The latest expiry the policy lets a token of now have; null: any. */
export function latestExpiry(policy: Pick<TokenPolicy, "maxLifetimeDays">, now: Date): Date | null {
  return policy.maxLifetimeDays === null ? null : daysFrom(now, policy.maxLifetimeDays);
}

/** The expiry of a token whose creator does not say. */
export function defaultExpiry(policy: TokenPolicy, now: Date): Date {
  return earliest(daysFrom(now, policy.defaultLifetimeDays), latestExpiry(policy, now));
}

/** An expiry shortened to what the policy allows; where it must have one, to the maximum or else the default. */
export function shortenedExpiry(policy: TokenPolicy, expiresAt: Date | null, now: Date): Date | null {
  const latest = latestExpiry(policy, now);
  if (expiresAt !== null) return earliest(expiresAt, latest);
  return mayNeverExpire(policy) ? null : (latest ?? defaultExpiry(policy, now));
}

/** The earlier of two times; null: never. */
export function earliest(time: Date, limit: Date | null): Date {
  return limit !== null && limit < time ? limit : time;
}

function daysFrom(now: Date, days: number): Date {
  return new Date(now.getTime() + days * dayMilliseconds);
}
