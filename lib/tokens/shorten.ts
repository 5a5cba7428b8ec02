import type { Grant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { ofTenant } from "./queries";
import type { ShortenedRow, ShortenRow, ShortenTokensInput } from "./schema";
import { selectTokenIds } from "./selection";
import { statusOf } from "./view";
import { isWorking } from "./vocabulary";

export interface ShortenResult {
  dryRun: boolean;
  /** In the order of the ids that were named; for a filter, in the order of ids. */
  results: ShortenRow[];
}

const timeoutMilliseconds = 30_000;

/**
 * Brings forward the expiry of working tokens, all at once, with a row of outcome for each; one that ends earlier
 * anyway stays as it is. A dry run says what would happen and changes nothing. Throws 400 for a filter that matches too
 * many.
 */
export async function shortenTokens(grant: Grant<"token:write">, input: ShortenTokensInput): Promise<ShortenResult> {
  const dryRun = input.dryRun ?? false;
  const ids = await selectTokenIds(grant, input);
  const expiresAt = new Date(input.expiresAt);
  const rows = dryRun
    ? (await readTokens(db, grant, ids)).map((token) => rowOf(token, outcomeOf(token, expiresAt)))
    : await db.$transaction((transaction) => shorten(transaction, grant, ids, expiresAt), {
        timeout: timeoutMilliseconds,
      });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { dryRun, results: ids.map((id) => byId.get(id) ?? { id, outcome: "not_found" }) };
}

async function shorten(
  transaction: Prisma.TransactionClient,
  grant: Grant<"token:write">,
  ids: readonly string[],
  expiresAt: Date,
): Promise<ShortenRow[]> {
  const shortened = await shortenThoseThatEndLater(transaction, grant, ids, expiresAt);
  const shortenedIds = new Set(shortened.map(({ id }) => id));
  const others = await readTokens(
    transaction,
    grant,
    ids.filter((id) => !shortenedIds.has(id)),
  );
  // Last, because it holds the end of the tenant's audit chain until the commit.
  if (shortened.length > 0)
    await recordAudit(
      transaction,
      grant,
      shortened.map((token) => ({
        action: "token.updated",
        target: { kind: "token", id: token.id, label: token.hint },
        details: {
          before: { expiresAt: token.expiresAt?.toISOString() ?? null },
          after: { expiresAt: expiresAt.toISOString() },
        },
      })),
    );
  return [
    ...shortened.map((token) => rowOf(token, "shortened")),
    ...others.map((token) => rowOf(token, outcomeOf(token, expiresAt))),
  ];
}

const shownColumns = { id: true, name: true, hint: true, lastUsedAt: true, expiresAt: true } as const;
type Shown = Prisma.TokenGetPayload<{ select: typeof shownColumns }>;

async function readTokens(client: Prisma.TransactionClient, grant: Grant<"token:write">, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return client.token.findMany({
    where: { id: { in: [...ids] }, ...ofTenant(grant) },
    select: { ...shownColumns, revokedAt: true, supersededAt: true },
  });
}

/**
 * The tokens it shortened, each with the expiry it had. One statement, so that nothing changes between look and write;
 * rows are locked in id order, so that no two calls wait for each other. Raw SQL, because Prisma has no locks.
 */
async function shortenThoseThatEndLater(
  transaction: Prisma.TransactionClient,
  grant: Grant<"token:write">,
  ids: readonly string[],
  expiresAt: Date,
): Promise<Shown[]> {
  return transaction.$queryRaw<Shown[]>`
    with locked as (
      select id, expires_at from tokens
      where id = any(${ids}::uuid[]) and kind = 'api' and organization_id = ${grant.organizationId}::uuid
        and tenant_id = ${grant.tenantId}::uuid and revoked_at is null
        and (expires_at is null or expires_at > greatest(${expiresAt}::timestamptz, clock_timestamp()))
      order by id for no key update
    )
    update tokens t set expires_at = ${expiresAt}::timestamptz
    from locked where t.id = locked.id
    returning t.id, t.name, t.hint, t.last_used_at as "lastUsedAt", locked.expires_at as "expiresAt"`;
}

function outcomeOf(
  token: Prisma.TokenGetPayload<{ select: { revokedAt: true; supersededAt: true; expiresAt: true } }>,
  expiresAt: Date,
): ShortenedRow["outcome"] {
  if (!isWorking(statusOf(token))) return "not_working";
  return token.expiresAt !== null && token.expiresAt <= expiresAt ? "already_earlier" : "shortened";
}

function rowOf({ id, name, hint, lastUsedAt, expiresAt }: Shown, outcome: ShortenedRow["outcome"]): ShortenRow {
  return {
    ...{ id, outcome, name, hint },
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    previousExpiresAt: expiresAt?.toISOString() ?? null,
  };
}
