import DataLoader from "dataloader";
import type { Origin } from "@/lib/access/principal";
import { pool } from "@/lib/db/pool";
import type { KnownToken } from "@/lib/tokens/verify";

/** One call made with a known token, working or not. */
export interface TokenUse {
  token: KnownToken;
  origin: Origin;
  scope: string | null;
  status: number;
  /** Why the token was refused; null when it worked (whatever came of the call). */
  refusal: string | null;
  /** What a gateway says its client asked for; undefined for a call that no gateway made. */
  forwarded?: { method: string | null; path: string | null } | undefined;
}

/**
 * Records a use and moves the token's lastUsedAt, in one statement shared by concurrent calls. Resolves when it is
 * committed, so that no answered call is missing from the log. A refused token's lastUsedAt stays.
 */
export async function recordTokenUse(use: TokenUse): Promise<void> {
  await recorder.load(use);
}

// Rows are locked in id order, so that two instances recording the same tokens cannot deadlock.
const recordSql = `
  with used as (
    select * from jsonb_to_recordset($1::jsonb) as u(
      position int, token_id uuid, hint text, organization_id uuid, tenant_id uuid, outcome text, refusal text,
      address text, user_agent text, correlation_id text, details jsonb)
  ), recorded as (
    insert into audit_events (id, organization_id, tenant_id, actor_kind, actor_id, actor_label, action, target_kind,
      target_id, target_label, outcome, reason, address, user_agent, correlation_id, details)
    select gen_random_uuid(), organization_id, tenant_id, 'token', token_id, hint, 'token.used', 'token', token_id, hint,
      outcome::"AuditOutcome", refusal, address, user_agent, correlation_id, details from used
  ), latest as (
    select distinct on (token_id) token_id, address from used where refusal is null order by token_id, position desc
  ), locked as (
    select t.id, latest.address from tokens t join latest on latest.token_id = t.id order by t.id for no key update of t
  )
  update tokens t set last_used_at = clock_timestamp(), last_used_ip = locked.address
  from locked where t.id = locked.id`;

const recorder = new DataLoader<TokenUse, true>(
  async (uses) => {
    await pool.query({ name: "record-token-uses", text: recordSql, values: [JSON.stringify(uses.map(useRow))] });
    return uses.map(() => true as const);
  },
  { cache: false, maxBatchSize: 1000, batchScheduleFn: (dispatch) => setImmediate(dispatch) },
);

function useRow(use: TokenUse, position: number) {
  return {
    position,
    token_id: use.token.id,
    hint: use.token.hint,
    organization_id: use.token.organizationId,
    tenant_id: use.token.tenantId,
    outcome: use.status < 400 ? "success" : "denied",
    refusal: use.refusal,
    address: use.origin.address,
    user_agent: use.origin.userAgent,
    correlation_id: use.origin.correlationId,
    details: {
      scope: use.scope,
      method: use.origin.method,
      path: use.origin.path,
      status: use.status,
      ...(use.forwarded && { forwarded: use.forwarded }),
    },
  };
}
