import { isIP } from "node:net";
import { DatabaseError } from "pg";
import type { Origin } from "@/lib/access/principal";
import { Batcher } from "@/lib/batcher";
import { pool } from "@/lib/db/pool";
import { decisionMilliseconds } from "@/lib/deadline";
import { type Env, env } from "@/lib/env";
import { batchObserver } from "@/lib/metrics/observer";
import type { KnownToken } from "@/lib/tokens/verify";
import { auditJson } from "./events";
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
  /** By when it must be on record, or the call is not answered, in milliseconds of performance.now(). */
  due: number;
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
    await together.ask(use, use.due);
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

/** Uses of all tenants, as long as nobody holds a lock that they need. */
const together = createRecorder(sharedPatienceMilliseconds);

/** Chains whose end, or one of whose tokens, somebody holds: their uses wait here, and keep no other tenant waiting. */
const busyChains = new Map<string, Recorder>();

async function recordApart(use: TokenUse): Promise<void> {
  const id = chainOf(use);
  const recorder = busyChains.get(id) ?? createRecorder(decisionMilliseconds);
  busyChains.set(id, recorder);
  try {
    await recorder.ask(use, use.due);
  } finally {
    if (recorder.isIdle && busyChains.get(id) === recorder) busyChains.delete(id);
  }
}

/**
 * Two batches at a time: the database works on one while the other is being committed, and what comes meanwhile is the
 * next. More would only queue for the same locks, each on a connection of the pool.
 */
function createRecorder(lockPatienceMilliseconds: number): Recorder {
  return new Batcher<TokenUse, true>({
    run: async (uses) => {
      await send(uses, lockPatienceMilliseconds);
      return uses.map(() => true as const);
    },
    maxInFlight: 2,
    maxBatchSize: 1000,
    deadlineMilliseconds: decisionMilliseconds,
    onBatch: batchObserver("token_use"),
  });
}

async function send(uses: readonly TokenUse[], lockPatienceMilliseconds: number): Promise<void> {
  await pool.query({
    name: "record-token-uses",
    text: recordSql,
    values: [...columnsOf(tally(uses), tallyColumns), ...columnsOf(uses, useColumns), lockPatienceMilliseconds],
  });
}

function chainOf({ place }: TokenUse): string {
  return place.tenantId ?? place.organizationId ?? "";
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "55P03";
}

/** What has become of one token in a batch. */
interface Tally {
  id: string;
  allowed: number;
  denied: number;
  /** Of its last use that worked; undefined when none did. */
  latest: Origin | undefined;
  scopes: Set<string>;
  addresses: Set<string>;
}

function tally(uses: readonly TokenUse[]): Tally[] {
  const byToken = new Map<string, Tally>();
  for (const { token, status, refusal, origin, scope } of uses) {
    let of = byToken.get(token.id);
    if (!of) {
      of = { id: token.id, allowed: 0, denied: 0, latest: undefined, scopes: new Set(), addresses: new Set() };
      byToken.set(token.id, of);
    }
    if (status < 400) {
      of.allowed++;
      if (scope !== null) of.scopes.add(scope);
    } else of.denied++;
    if (refusal !== null) continue;
    of.latest = origin;
    if (isInet(origin.address)) of.addresses.add(origin.address);
  }
  return [...byToken.values()];
}

/** An array parameter of record_token_uses: its type, and its element for one row. */
interface Column<Row> {
  type: "uuid" | "int" | "boolean" | "text";
  of: (row: Row) => string | number | boolean | null;
}

/** In the order of the parameters of record_token_uses. */
const tallyColumns: readonly Column<Tally>[] = [
  { type: "uuid", of: ({ id }) => id },
  { type: "int", of: ({ allowed }) => allowed },
  { type: "int", of: ({ denied }) => denied },
  { type: "boolean", of: ({ latest }) => latest !== undefined },
  { type: "text", of: ({ latest }) => latest?.address ?? null },
  { type: "text", of: ({ latest }) => latest?.userAgent ?? null },
  { type: "text", of: ({ scopes }) => [...scopes].join(" ") },
  { type: "text", of: ({ addresses }) => [...addresses].join(" ") },
];

/** Likewise. */
const useColumns: readonly Column<TokenUse>[] = [
  { type: "uuid", of: ({ token }) => token.id },
  { type: "text", of: ({ token }) => token.hint },
  { type: "uuid", of: ({ place }) => place.organizationId },
  { type: "uuid", of: ({ place }) => place.tenantId },
  { type: "text", of: ({ status }) => (status < 400 ? "success" : "denied") },
  { type: "text", of: ({ refusal }) => refusal },
  { type: "text", of: ({ origin }) => origin.address },
  { type: "text", of: ({ origin }) => origin.userAgent },
  { type: "text", of: ({ origin }) => origin.correlationId },
  {
    type: "text",
    of: ({ scope, origin: { method, path }, status, forwarded }) =>
      auditJson({ scope, method, path, status, forwarded }),
  },
];

const recordSql = `select record_token_uses(${[...tallyColumns, ...useColumns].map(({ type }, index) => `$${index + 1}::${type}[]`).join(", ")}, $${tallyColumns.length + useColumns.length + 1})`;

function columnsOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): unknown[] {
  return columns.map(({ of }) => rows.map(of));
}

function groups(uses: readonly TokenUse[], keyOf: (use: TokenUse) => string): Map<string, TokenUse[]> {
  const byKey = new Map<string, TokenUse[]>();
  for (const use of uses) {
    const key = keyOf(use);
    const known = byKey.get(key);
    if (known) known.push(use);
    else byKey.set(key, [use]);
  }
  return byKey;
}

/** What PostgreSQL's inet can hold: an address without a zone; what a proxy forwards need not be one. */
function isInet(address: string | null): address is string {
  return address !== null && isIP(address) !== 0 && !address.includes("%");
}
