import type { Grant, OrganizationGrant } from "@/lib/access/decide";
import type { Principal } from "@/lib/access/principal";
import { actorOf, appendAudit, auditRow } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { queueNotices } from "@/lib/notices/queue";
import type { OrganizationTokenSelection, RevokeOrganizationTokensInput } from "./organization-schema";
import { withinFence } from "./queries";
import type { RevokeRow, RevokeTokensInput } from "./schema";
import { selectTokenIds } from "./selection";

export interface RevokeResult {
  dryRun: boolean;
  /** In the order of the ids that were named; for a filter, in the order of ids. */
  results: RevokeRow[];
}

const timeoutMilliseconds = 30_000;

/** Leave to revoke in one tenant, or in every tenant of the organization. */
type WriteGrant = Grant<"token:write"> | OrganizationGrant<"token:write">;

/**
 * Revokes tokens, all at one instant, with a row of outcome for each. From the moment this resolves, no instance
 * accepts them. A dry run says what would happen and changes nothing. Throws 400 for a filter that matches too many.
 */
export async function revokeTokens(grant: WriteGrant, input: RevokeOrganizationTokensInput): Promise<RevokeResult> {
  if (input.dryRun) return previewRevocation(grant, input);
  const ids = await selectTokenIds(grant, input);
  const rows = await db.$transaction(
    async (transaction) => {
      const revoked = await revokeThoseNotRevoked(transaction, grant, ids, input);
      const revokedIds = new Set(revoked.map(({ id }) => id));
      const others = await readTokens(
        transaction,
        grant,
        ids.filter((id) => !revokedIds.has(id)),
      );
      if (input.reason === "compromised") await tellRevoked(transaction, grant, revoked, input);
      const by = { ...grant, actor: actorOf(grant.principal) };
      await appendAudit(
        transaction,
        revoked.map(({ id, hint, tenantId }) =>
          auditRow(
            { ...by, tenantId },
            {
              action: "token.revoked",
              target: { kind: "token", id, label: hint },
              reason: input.reason,
              details: { note: input.note ?? null },
            },
          ),
        ),
      );
      return [
        ...revoked.map((token) => rowOf(token, "revoked")),
        ...others.map((token) => rowOf(token, "already_revoked")),
      ];
    },
    { timeout: timeoutMilliseconds },
  );
  return { dryRun: false, results: inOrderOf(ids, rows) };
}

/** What revoking these tokens now would do. Throws 400 for a filter that matches too many. */
export async function previewRevocation(
  grant: WriteGrant,
  selection: OrganizationTokenSelection,
): Promise<RevokeResult> {
  const ids = await selectTokenIds(grant, selection);
  const tokens = await readTokens(db, grant, ids);
  const rows = tokens.map((token) => rowOf(token, token.revokedAt === null ? "revoked" : "already_revoked"));
  return { dryRun: true, results: inOrderOf(ids, rows) };
}

const shownColumns = { id: true, name: true, hint: true, lastUsedAt: true, expiresAt: true } as const;
type Shown = Prisma.TokenGetPayload<{ select: typeof shownColumns }>;

/** Those of the ids that are tokens within the grant. */
async function readTokens(client: Prisma.TransactionClient, grant: WriteGrant, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return client.token.findMany({
    where: { id: { in: [...ids] }, ...withinFence(grant) },
    select: { ...shownColumns, revokedAt: true },
  });
}

/**
 * One statement: of calls that name the same tokens, the first to lock one revokes it, and the others then see that it
 * is. Rows are locked in id order, so that no two calls wait for each other. Raw SQL, because Prisma has no locks.
 */
async function revokeThoseNotRevoked(
  transaction: Prisma.TransactionClient,
  grant: WriteGrant,
  ids: readonly string[],
  { reason, note }: Pick<RevokeTokensInput, "reason" | "note">,
): Promise<(Shown & { tenantId: string })[]> {
  const tenant = grant.tenantId === null ? Prisma.empty : Prisma.sql`and tenant_id = ${grant.tenantId}::uuid`;
  const revokedById = await revokerOf(transaction, grant.principal);
  return transaction.$queryRaw<(Shown & { tenantId: string })[]>`
    with locked as (
      select id from tokens
      where id = any(${ids}::uuid[]) and kind = 'api' and organization_id = ${grant.organizationId}::uuid
        ${tenant} and revoked_at is null
      order by id for no key update
    )
    update tokens t set revoked_at = ${new Date()}::timestamptz, revoked_by_id = ${revokedById}::uuid,
      revoked_reason = ${reason}::"RevokedReason", revoked_note = ${note ?? null}
    from locked where t.id = locked.id
    returning t.id, t.tenant_id as "tenantId", t.name, t.hint, t.last_used_at as "lastUsedAt", t.expires_at as "expiresAt"`;
}

/** The user to name in revokedBy: the caller, or for an API token its creator (the audit log names the token). */
async function revokerOf(transaction: Prisma.TransactionClient, principal: Principal): Promise<string> {
  if (principal.kind !== "apiToken") return principal.user.id;
  const token = await transaction.token.findUniqueOrThrow({
    where: { id: principal.token.id },
    select: { createdById: true },
  });
  return token.createdById;
}

/** The tokens of each tenant, in the order of the tenants' ids. */
function byTenant<Token extends { tenantId: string }>(tokens: readonly Token[]): [string, Token[]][] {
  const groups = new Map<string, Token[]>();
  for (const token of tokens) {
    const group = groups.get(token.tenantId) ?? [];
    group.push(token);
    groups.set(token.tenantId, group);
  }
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
}

/** Tells the tenants that their tokens were revoked as compromised. */
async function tellRevoked(
  transaction: Prisma.TransactionClient,
  { organizationId, origin }: WriteGrant,
  revoked: readonly (Shown & { tenantId: string })[],
  { reason, note }: Pick<RevokeTokensInput, "reason" | "note">,
): Promise<void> {
  for (const [tenantId, tokens] of byTenant(revoked))
    await queueNotices(
      transaction,
      { organizationId, tenantId, origin },
      tokens.map(({ id, name, hint }) => ({
        type: "token.revoked",
        token: { id, name, hint },
        ...{ reason, note: note ?? null },
      })),
    );
}

function rowOf({ id, name, hint, lastUsedAt, expiresAt }: Shown, outcome: "revoked" | "already_revoked"): RevokeRow {
  return {
    ...{ id, outcome, name, hint },
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

function inOrderOf(ids: readonly string[], rows: readonly RevokeRow[]): RevokeRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? { id, outcome: "not_found" });
}
