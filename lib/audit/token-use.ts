import { isIP } from "node:net";
import { DatabaseError } from "pg";
import type { Origin } from "@/lib/access/principal";
import { Batcher } from "@/lib/batcher";
import { pool } from "@/lib/db/pool";
import { type Env, env } from "@/lib/env";
import type { KnownToken } from "@/lib/tokens/verify";
import { auditJson, auditRow } from "./events";
import { createUseLog, type UseLog } from "./use-log";

/** Where a call took place: of an API token, its own tenant; of a personal token, what it was granted access to. */
export interface UsePlace {
  organizationId: string | null;
  tenantId: string | null;
}

/** One call made with a known token, working or not. */
export interface TokenUse {
  token: KnownToken;
  place: UsePlace;
  origin: Origin;
  /** What the call demanded: a scope, or several separated by spaces. */
  scope: string | null;
  status: number;
  /** Why the token was refused; null when it worked (whatever came of the call). */
  refusal: string | null;
  /** What a gateway says its client asked for; undefined for a call that no gateway made. */
  forwarded?: { method: string | null; path: string | null } | undefined;
}

/**
 * Records a use and moves what the token's last use says, as ACCESS_LOG says: by default it resolves when that is
 * committed, so that no answered call is missing from the log. A refused use is counted, and moves nothing else.
 */
export function recordTokenUse(use: TokenUse): Promise<void> {
  return processLog().record(use);
}

/** Puts on record what is not yet, within seconds: to be called before the pool ends. */
export function flushTokenUses(): Promise<void> {
  return processLog().flush();
}

/** Uses recorded in a way of their own: the process's is `recordTokenUse`. */
export function tokenUseLog(mode: Env["ACCESS_LOG"], maxKept?: number): UseLog<TokenUse> {
  return createUseLog(mode, { recordNow, recordSome, ...(maxKept !== undefined && { maxKept }) });
}

// server.ts and Next's bundle each load this module; what either gathered is flushed at the end.
const shared: typeof globalThis & { praxisUseLog?: UseLog<TokenUse> } = globalThis;

function processLog(): UseLog<TokenUse> {
  shared.praxisUseLog ??= tokenUseLog(env.ACCESS_LOG);
  return shared.praxisUseLog;
}

/** In one statement shared by concurrent calls. */
async function recordNow(use: TokenUse): Promise<void> {
  if (busyChains.has(chainOf(use))) return recordApart(use);
  try {
    await together.ask(use);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    await recordApart(use);
  }
}

/** Nobody waits for these: where somebody holds a lock that they need, they wait themselves, tenant by tenant. */
async function recordSome(uses: readonly TokenUse[]): Promise<readonly TokenUse[]> {
  if (await sentInTime(uses)) return [];
  const left: TokenUse[] = [];
  for (const ofChain of groups(uses, chainOf).values())
    if (!(await sentInTime(ofChain).catch(() => false))) left.push(...ofChain);
  return left;
}

async function sentInTime(uses: readonly TokenUse[]): Promise<boolean> {
  try {
    await send(uses, sharedPatienceMilliseconds);
    return true;
  } catch (error) {
    if (isLockTimeout(error)) return false;
    throw error;
  }
}

type Recorder = Batcher<TokenUse, true>;

/** How long a batch of all tenants' uses waits for a lock before each tenant waits for itself. */
const sharedPatienceMilliseconds = 50;
/** After this long a call is told that its use could not be recorded, and is not answered. */
const deadlineMilliseconds = 1000;

/** Uses of all tenants, as long as nobody holds a lock that they need. */
const together = createRecorder(sharedPatienceMilliseconds);

/** Chains whose end, or one of whose tokens, somebody holds: their uses wait here, and keep no other tenant waiting. */
const busyChains = new Map<string, Recorder>();

async function recordApart(use: TokenUse): Promise<void> {
  const id = chainOf(use);
  const recorder = busyChains.get(id) ?? createRecorder(0);
  busyChains.set(id, recorder);
  try {
    await recorder.ask(use);
  } finally {
    if (recorder.isIdle && busyChains.get(id) === recorder) busyChains.delete(id);
  }
}

/**
 * Two batches at a time: the database works on one while the other is being committed, and what comes meanwhile is the
 * next. More would only queue for the same locks, each on a connection of the pool. A patience of 0 is without end.
 */
function createRecorder(lockPatienceMilliseconds: number): Recorder {
  return new Batcher<TokenUse, true>({
    run: async (uses) => {
      await send(uses, lockPatienceMilliseconds);
      return uses.map(() => true as const);
    },
    maxInFlight: 2,
    maxBatchSize: 1000,
    deadlineMilliseconds,
  });
}

async function send(uses: readonly TokenUse[], lockPatienceMilliseconds: number): Promise<void> {
  await pool.query({
    name: "record-token-uses",
    text: "select record_token_uses($1::jsonb, $2::jsonb, $3)",
    values: [JSON.stringify(tally(uses)), auditJson(uses.map(eventOf)), lockPatienceMilliseconds],
  });
}

function chainOf({ place }: TokenUse): string {
  return place.tenantId ?? place.organizationId ?? "";
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "55P03";
}

/** What has become of each token, as record_token_uses takes it. */
function tally(uses: readonly TokenUse[]) {
  return Array.from(
    groups(uses, ({ token }) => token.id),
    ([id, ofToken]) => {
      const allowed = ofToken.filter(isAllowed);
      const worked = ofToken.filter(({ refusal }) => refusal === null);
      const latest = worked.at(-1)?.origin;
      return {
        token_id: id,
        allowed: allowed.length,
        denied: ofToken.length - allowed.length,
        worked: latest !== undefined,
        address: latest?.address ?? null,
        user_agent: latest?.userAgent ?? null,
        scopes: distinct(allowed.flatMap(({ scope }) => scope?.split(" ") ?? [])),
        addresses: distinct(worked.flatMap(({ origin }) => inetOf(origin.address))),
      };
    },
  );
}

function eventOf({ token, place, origin, scope, status, refusal, forwarded }: TokenUse) {
  const { organizationId, tenantId } = place;
  return auditRow(
    { organizationId, tenantId, origin, actor: { kind: "token", id: token.id, label: token.hint } },
    {
      action: "token.used",
      outcome: status < 400 ? "success" : "denied",
      target: { kind: "token", id: token.id, label: token.hint },
      ...(refusal === null ? {} : { reason: refusal }),
      details: { scope, method: origin.method, path: origin.path, status, ...(forwarded && { forwarded }) },
    },
  );
}

function groups(uses: readonly TokenUse[], keyOf: (use: TokenUse) => string): Map<string, TokenUse[]> {
  const byKey = new Map<string, TokenUse[]>();
  for (const use of uses) {
    const known = byKey.get(keyOf(use));
    if (known) known.push(use);
    else byKey.set(keyOf(use), [use]);
  }
  return byKey;
}

function isAllowed({ status }: TokenUse): boolean {
  return status < 400;
}

/** What PostgreSQL's inet can hold: an address without a zone; what a proxy forwards need not be one. */
function inetOf(address: string | null): string[] {
  return address !== null && isIP(address) !== 0 && !address.includes("%") ? [address] : [];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
