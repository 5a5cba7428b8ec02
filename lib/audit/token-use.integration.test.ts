import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, test } from "vitest";
import * as introspect from "@/app/identity/introspect/route";
import * as rotate from "@/app/identity/tokens/[id]/rotate/route";
import * as item from "@/app/identity/tokens/[id]/route";
import * as revoke from "@/app/identity/tokens/revoke/route";
import * as v1 from "@/app/v1/[...path]/route";
import type { Scope } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { beginHolding } from "@/lib/test/databases";
import { createMember, createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { recordTokenUse, type TokenUse } from "./token-use";
import { verifyAudit } from "./verify-chain";

const origin = {
  correlationId: "0".repeat(32),
  method: "GET",
  path: "/v1/pipelines",
  address: "203.0.113.9",
  userAgent: "collector/1.2",
};

async function tokenIn(place: Place, scopes: Scope[] = ["pipeline:read", "metrics:write"]) {
  const { id, hint } = await createTokenRow(place, { scopes });
  const token = { id, hint, ...place };
  const use = (more: Partial<TokenUse> = {}) =>
    recordTokenUse({
      token,
      place,
      origin,
      scope: "pipeline:read",
      status: 200,
      refusal: null,
      due: performance.now() + 60_000,
      ...more,
    });
  const state = () =>
    db.token.findUniqueOrThrow({
      where: { id },
      select: {
        ...{ firstUsedAt: true, lastUsedAt: true, lastUsedIp: true, lastUsedAgent: true },
        usageDays: { select: { allowed: true, denied: true, day: true } },
        scopeUses: { select: { scope: true, lastUsedAt: true }, orderBy: { scope: "asc" } },
        networks: { select: { network: true }, orderBy: { network: "asc" } },
      },
    });
  return { id, token, use, state };
}

describe("a use of a token", () => {
  test("moves its last use, sets its first once, and is counted by day and outcome", async () => {
    const { use, state } = await tokenIn(await createPlace());
    await use();
    const first = await state();
    expect(first).toMatchObject({ lastUsedIp: "203.0.113.9", lastUsedAgent: "collector/1.2" });
    expect(first.lastUsedAt).toEqual(first.firstUsedAt);
    await Promise.all([use(), use({ status: 404 }), use({ origin: { ...origin, address: null, userAgent: null } })]);
    const later = await state();
    expect(later.firstUsedAt).toEqual(first.firstUsedAt);
    expect(later.lastUsedAt?.getTime()).toBeGreaterThanOrEqual(first.lastUsedAt?.getTime() ?? Number.NaN);
    expect(later).toMatchObject({ lastUsedIp: null, lastUsedAgent: null });
    const total = (of: "allowed" | "denied") => later.usageDays.reduce((sum, day) => sum + day[of], 0);
    expect([total("allowed"), total("denied")]).toEqual([3, 1]);
    const today = new Date().toISOString().slice(0, 10);
    expect(later.usageDays.map(({ day }) => day.toISOString().slice(0, 10))).toContain(today);
  });

  test("that was refused is counted as denied and moves nothing else", async () => {
    const { use, state } = await tokenIn(await createPlace());
    await use({ status: 401, refusal: "expired" });
    expect(await state()).toEqual({
      ...{ firstUsedAt: null, lastUsedAt: null, lastUsedIp: null, lastUsedAgent: null },
      usageDays: [{ allowed: 0, denied: 1, day: expect.any(Date) }],
      ...{ scopeUses: [], networks: [] },
    });
  });

  test("notes the scopes that it used, of those that it holds, and only when it was allowed", async () => {
    const { id, use, state } = await tokenIn(await createPlace(), ["pipeline:read", "metrics:write", "alerts:read"]);
    await use({ scope: "pipeline:read metrics:write knowledge:read" });
    await use({ scope: "alerts:read", status: 403 });
    await use({ scope: null });
    const scopes = async () => (await state()).scopeUses;
    const noted = await scopes();
    expect(noted.map(({ scope }) => scope)).toEqual(["metrics:write", "pipeline:read"]);
    await use();
    expect(await scopes()).toEqual(noted);
    const old = new Date(Date.now() - 61_000);
    await db.tokenScopeUse.updateMany({ where: { tokenId: id }, data: { lastUsedAt: old } });
    await use();
    const moved = (await scopes()).find(({ scope }) => scope === "pipeline:read");
    expect(moved?.lastUsedAt.getTime()).toBeGreaterThan(old.getTime());
  });

  test("notes the networks that it came from, and is not disturbed by what is no address", async () => {
    const { use, state } = await tokenIn(await createPlace());
    const addresses = [
      ...["203.0.113.9", "203.0.113.200", "198.51.100.1", "2001:db8:1:2::3", "2001:db8:1:ffff::"],
      ...["fe80::1%eth0", "unknown", "1.2.3.4:567", "", null],
    ];
    await Promise.all(addresses.map((address) => use({ origin: { ...origin, address } })));
    await use({ status: 401, refusal: "revoked", origin: { ...origin, address: "192.0.2.1" } });
    const { networks } = await state();
    expect(networks.map(({ network }) => network)).toEqual(["198.51.100.0/24", "2001:db8:1::/48", "203.0.113.0/24"]);
  });

  test("is on record even when the token was deleted meanwhile, and disturbs no other", async () => {
    const place = await createPlace();
    const [gone, other] = [await tokenIn(place), await tokenIn(place)];
    await db.token.delete({ where: { id: gone.id } });
    await Promise.all([gone.use(), other.use()]);
    expect(await db.auditEvent.count({ where: { targetId: { in: [gone.id, other.id] } } })).toBe(2);
    expect((await other.state()).usageDays).toMatchObject([{ allowed: 1 }]);
  });

  test("holds what PostgreSQL's text cannot as a replacement character", async () => {
    const { id, use } = await tokenIn(await createPlace());
    await use({ forwarded: { method: "GET", path: "/a\0b\ud800" } });
    const event = await db.auditEvent.findFirstOrThrow({ where: { targetId: id } });
    expect(event.details).toMatchObject({ forwarded: { path: "/a\ufffdb\ufffd" } });
  });

  test("of a personal token is in the log of the tenant that it was let into", async () => {
    const place = await createPlace();
    const creatorId = (await createMember(place, "viewer")).id;
    const token = await createTokenRow(place, { kind: "personal", creatorId });
    const used = await call(v1.GET, "/v1/pipelines", { token: token.secret, headers: contextOf(place) });
    expect(used.status).toBe(200);
    const elsewhere = await createPlace();
    await call(v1.GET, "/v1/pipelines", { token: token.secret, headers: contextOf(elsewhere) });
    const events = await db.auditEvent.findMany({ where: { targetId: token.id }, orderBy: { id: "asc" } });
    expect(events.map(({ tenantId, outcome }) => [tenantId, outcome])).toEqual([
      [place.tenantId, "success"],
      [null, "denied"],
    ]);
  });
});

test("a tenant whose log is held keeps its own uses waiting, and no other tenant's", async () => {
  const [held, free] = [await createPlace(), await createPlace()];
  const [waiting, other] = [await tokenIn(held), await tokenIn(free)];
  const holder = await pool.connect();
  await holder.query(beginHolding);
  const event = {
    ...{ organization_id: held.organizationId, tenant_id: held.tenantId, actor_kind: "system", actor_label: "test" },
    ...{ action: "test", outcome: "success", correlation_id: "x" },
  };
  await holder.query("select append_audit_events($1::jsonb)", [JSON.stringify([event])]);
  const recorded: string[] = [];
  const uses = [waiting.use(), waiting.use()].map((use) => use.then(() => recorded.push("held")));
  await Promise.all([other.use(), other.use()]);
  await other.use();
  recorded.push("free");
  await holder.query("commit");
  holder.release();
  await Promise.all(uses);
  expect(recorded).toEqual(["free", "held", "held"]);
  await Promise.all([waiting.use(), other.use()]);
  const count = ({ id }: { id: string }) => db.auditEvent.count({ where: { targetId: id } });
  expect([await count(waiting), await count(other)]).toEqual([3, 4]);
});

test("two instances that record and change the same tokens never wait for each other: no deadlock, no gap", async () => {
  const place = await createPlace();
  const admin = { cookie: await sessionCookie(await createMember(place, "owner")), headers: contextOf(place) };
  const tokens = await Promise.all(
    Array.from({ length: 24 }, () => createTokenRow(place, { scopes: ["pipeline:read", "token:read"] })),
  );
  const secondInstance = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 });
  const recordElsewhere = (turn: number) => {
    // In an order of its own.
    const some = tokens.filter((_, index) => (index * 7 + turn) % 3 === 0).toSorted(() => (turn % 2) - 0.5);
    const uses = some.map(({ id }) => ({
      token_id: id,
      allowed: 1,
      denied: 0,
      worked: true,
      scopes: ["pipeline:read"],
      addresses: [`10.0.${turn}.1`],
    }));
    const events = some.map(({ id, hint }) => ({
      ...{
        organization_id: place.organizationId,
        tenant_id: place.tenantId,
        actor_kind: "token",
        actor_id: id,
        actor_label: hint,
      },
      ...{
        action: "token.used",
        target_kind: "token",
        target_id: id,
        outcome: "success",
        correlation_id: "0".repeat(32),
      },
    }));
    return secondInstance.query("select record_token_uses($1::jsonb, $2::jsonb, 0)", [
      JSON.stringify(uses),
      JSON.stringify(events),
    ]);
  };
  const params = (index: number) => ({ params: { id: tokens[index]?.id ?? randomUUID() } });
  const path = "/identity/tokens";
  const oneAfterAnother = async (secret: string) => {
    const answered: number[] = [];
    for (let turn = 0; turn < 8; turn += 1)
      answered.push((await call(v1.GET, "/v1/pipelines", { token: secret })).status);
    return answered;
  };
  const answered = await Promise.all([
    ...tokens.map(({ secret }) => oneAfterAnother(secret)),
    ...tokens.slice(0, 8).map(
      async (_, index) =>
        (
          await call(item.PATCH, path, {
            ...admin,
            ...params(index),
            method: "PATCH",
            body: { name: `renamed ${index}` },
          })
        ).status,
    ),
    ...tokens
      .slice(8, 12)
      .map(
        async (_, index) =>
          (await call(rotate.POST, path, { ...admin, ...params(8 + index), body: { overlapSeconds: 60 } })).status,
      ),
    ...[0, 1, 2].map(async (turn) => {
      const ids = tokens.slice(12).map(({ id }) => id);
      const body = { ids: turn % 2 === 0 ? ids : ids.toReversed(), reason: "unused" };
      return (await call(revoke.POST, `${path}/revoke`, { ...admin, body })).status;
    }),
    ...tokens.slice(12, 16).map(async (_, index) => {
      const { status } = await call(item.DELETE, path, { ...admin, ...params(12 + index), method: "DELETE" });
      return status === 409 ? 204 : status;
    }),
    ...tokens.slice(0, 4).map(
      async ({ secret }) =>
        (
          await call(introspect.POST, "/identity/introspect", {
            token: secret,
            headers: { "content-type": "application/x-www-form-urlencoded" },
            body: `token=${secret}`,
          })
        ).status,
    ),
    // As an instance does: two batches at a time.
    ...[0, 1].map(async (lane) => {
      for (let turn = lane; turn < 40; turn += 2) if ((await recordElsewhere(turn)).rowCount !== 1) return 500;
      return 200;
    }),
  ]);
  await secondInstance.end();
  const statuses = answered.flat();
  // A token that was revoked before it was used is refused; on a busy machine some are too late for their second.
  expect(statuses.filter((status) => ![200, 201, 204, 401, 503].includes(status))).toEqual([]);
  expect(statuses.filter((status) => status === 503).length).toBeLessThan(statuses.length / 4);
  const { rows } = await pool.query("select deadlocks::int from pg_stat_database where datname = current_database()");
  expect(rows).toEqual([{ deadlocks: 0 }]);
  const client = await pool.connect();
  const { faults, ends } = await verifyAudit(client).finally(() => client.release());
  expect(faults).toEqual([]);
  expect(ends.find(({ chainId }) => chainId === place.tenantId)?.sequence).toBe(
    BigInt(await db.auditEvent.count({ where: { tenantId: place.tenantId } })),
  );
});
