import type { Scope } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { createMember, createPlace, createTokenRow, type Place } from "./fixtures";
import { type StalenessResult, StalenessWatch, type Watched } from "./staleness";

/** Tokens per kind of change; there are eight kinds. */
const tokensPerChange = 28;
const watchers = 48;

interface Hammering {
  /** Addresses of instances that are asked about tokens. */
  asked: readonly string[];
  /** Addresses of instances on which the changes are made. */
  changed: readonly string[];
  /** How many answers there must be at least. */
  requests: number;
}

interface IssuedToken extends Watched {
  id: string;
  creatorId: string;
}

/**
 * Hammers instances with verifications while the tokens behind them are revoked singly and in bulk, rotated at once,
 * narrowed and expire, while their creators are disabled, and while their organization's plan changes. The changes are
 * spread over the whole run.
 */
export async function hammer({ asked, changed, requests }: Hammering): Promise<StalenessResult> {
  const place = await createPlace();
  await db.tenant.update({ where: { id: place.tenantId }, data: { tokensMayCreateTokens: true } });
  const admin = await issue(place, ["token:read", "token:write", "pipeline:read", "metrics:read"]);
  const watch = new StalenessWatch(asked);
  const call = caller(changed, admin.secret);

  const steady = await issueMany(place, "pipeline:read");
  const single = await issueMany(place, "pipeline:read");
  const bulk = await issueMany(place, "pipeline:read");
  const rotated = await issueMany(place, "pipeline:read");
  const narrowed = await issueMany(place, "pipeline:read");
  const offboarded = await issueMany(place, "user:read");
  const elsewhere = await createPlace();
  const planned = await issueMany(elsewhere, "pipeline:read");
  const expiring = await issueMany(place, "pipeline:read");
  const groups = [steady, single, bulk, rotated, narrowed, offboarded, planned, expiring];
  for (const token of groups.flat()) watch.add(token);

  const changes: (() => Promise<unknown>)[] = [
    ...single.map(
      (token) => () =>
        watch.change([token], 401, () =>
          call("POST", "/identity/tokens/revoke", { ids: [token.id], reason: "unused" }),
        ),
    ),
    ...halves(bulk).map(
      (half) => () =>
        watch.change(half, 401, () =>
          call("POST", "/identity/tokens/revoke", { ids: half.map(({ id }) => id), reason: "compromised" }),
        ),
    ),
    ...rotated.map(
      (token) => () =>
        watch.change([token], 401, () => call("POST", `/identity/tokens/${token.id}/rotate`, { overlapSeconds: 0 })),
    ),
    ...narrowed.map(
      (token) => () =>
        watch.change([token], 403, () => call("PATCH", `/identity/tokens/${token.id}`, { scopes: ["metrics:read"] })),
    ),
    // A user:* scope works only while its creator holds it.
    ...offboarded.map(
      (token) => () =>
        watch.change([token], 403, () =>
          db.user.update({ where: { id: token.creatorId }, data: { disabledAt: new Date() } }),
        ),
    ),
    ...expiring.map((token) => () => watch.change([token], 401, () => expire(token.id))),
    () => watch.change(planned, 403, () => setPlan(elsewhere, "starter")),
    () => watch.change(planned, 200, () => setPlan(elsewhere, "business")),
    () => watch.change(planned, 403, () => setPlan(elsewhere, "starter")),
  ];
  const running = watch.run(watchers);
  const interleaved = interleave(changes);
  for (const [index, change] of interleaved.entries()) {
    await watch.answered((requests * index) / (interleaved.length + 1));
    await change();
  }
  await watch.answered(requests);
  watch.stop();
  return running;
}

async function issue(place: Place, scopes: readonly Scope[]): Promise<IssuedToken> {
  const creator = await createMember(place, "owner");
  const token = await createTokenRow(place, { scopes, creatorId: creator.id });
  return { ...token, path: "/identity/verify" };
}

async function issueMany(place: Place, scope: "pipeline:read" | "user:read"): Promise<IssuedToken[]> {
  const tokens: IssuedToken[] = [];
  for (let count = 0; count < tokensPerChange; count++) {
    const token = await issue(place, [scope, "metrics:read"]);
    tokens.push({ ...token, path: `/identity/verify?scope=${scope}` });
  }
  return tokens;
}

/** Calls the API on each instance in turn; anything but success fails the run. */
function caller(instances: readonly string[], secret: string) {
  let turn = 0;
  return async (method: string, path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${instances[turn++ % instances.length]}${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  };
}

/** Lets a token expire, and resolves at the instant when it has. */
async function expire(id: string): Promise<void> {
  await db.$executeRaw`update tokens set expires_at = clock_timestamp() + interval '40 milliseconds' where id = ${id}::uuid`;
  await db.$executeRaw`select pg_sleep(greatest(0, extract(epoch from expires_at - clock_timestamp()))) from tokens where id = ${id}::uuid`;
  for (;;) {
    const [row] = await db.$queryRaw<{ expired: boolean }[]>`
      select expires_at <= clock_timestamp() as expired from tokens where id = ${id}::uuid`;
    if (row?.expired) return;
  }
}

function setPlan({ organizationId }: Place, plan: "starter" | "business") {
  return db.organization.update({ where: { id: organizationId }, data: { plan } });
}

function halves<T>(items: readonly T[]): T[][] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** Kinds of changes mixed, each kind in its own order. */
function interleave<T>(items: readonly T[]): T[] {
  const columns = 7;
  const perColumn = Math.ceil(items.length / columns);
  return Array.from({ length: perColumn }, (_, row) => row).flatMap((row) =>
    Array.from({ length: columns }, (_, column) => items[column * perColumn + row]).filter(
      (item) => item !== undefined,
    ),
  );
}
