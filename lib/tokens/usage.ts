import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { ofTenant } from "./queries";
import type { TokenUsage } from "./usage-schema";
import { adviceWindowDays } from "./vocabulary";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/**
 * The calls with a token of the tenant in the last `dayCount` days (UTC, today included), when it last used each of its
 * scopes, and which it could do without. Throws 404.
 */
export async function tokenUsage(
  grant: Grant<"token:read">,
  id: string,
  dayCount: number,
  now: Date = new Date(),
): Promise<TokenUsage> {
  const today = Math.floor(now.getTime() / dayMilliseconds) * dayMilliseconds;
  const from = today - (dayCount - 1) * dayMilliseconds;
  const token = await db.token.findFirst({
    where: { id, ...ofTenant(grant) },
    select: {
      createdAt: true,
      scopes: true,
      usageDays: {
        where: { day: { gte: new Date(from) } },
        select: { day: true, allowed: true, denied: true },
      },
      scopeUses: { select: { scope: true, lastUsedAt: true } },
    },
  });
  if (!token) throw notFound("token");
  const recorded = new Map(token.usageDays.map(({ day, ...calls }) => [day.getTime(), calls]));
  const days = Array.from({ length: dayCount }, (_, index) => {
    const day = from + index * dayMilliseconds;
    const { allowed, denied } = recorded.get(day) ?? { allowed: 0, denied: 0 };
    return { day: new Date(day).toISOString().slice(0, 10), allowed, denied };
  });
  const lastUses = new Map(token.scopeUses.map(({ scope, lastUsedAt }) => [scope, lastUsedAt]));
  return {
    days,
    allowed: days.reduce((sum, { allowed }) => sum + allowed, 0),
    denied: days.reduce((sum, { denied }) => sum + denied, 0),
    scopes: token.scopes.map((scope) => ({ scope, lastUsedAt: lastUses.get(scope)?.toISOString() ?? null })),
    advice: adviceFor(token, lastUses, now),
  };
}

/** A scope that was not used is only telling once the token has had the time to use it. */
function adviceFor(
  token: { createdAt: Date; scopes: readonly string[] },
  lastUses: ReadonlyMap<string, Date>,
  now: Date,
): TokenUsage["advice"] {
  const daysOfData = Math.max(0, Math.floor((now.getTime() - token.createdAt.getTime()) / dayMilliseconds));
  const since = new Date(now.getTime() - adviceWindowDays * dayMilliseconds);
  const isUnused = (scope: string) => {
    const lastUsedAt = lastUses.get(scope);
    return lastUsedAt === undefined || lastUsedAt < since;
  };
  return {
    windowDays: adviceWindowDays,
    daysOfData,
    unusedScopes: daysOfData < adviceWindowDays ? null : token.scopes.filter(isUnused),
  };
}
