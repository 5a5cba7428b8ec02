import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import type { NoticeType } from "@/lib/notices/schema";
import { beginHolding } from "@/lib/test/databases";
import { createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { createWebhookRow } from "@/lib/test/webhooks";
import { keepHouse } from "./keep-house";
import { giveDueNotices } from "./tokens/notices";
import { revokeIdleTokens } from "./tokens/revoke-idle";

const dayMilliseconds = 24 * 60 * 60 * 1000;
const now = new Date();
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMilliseconds);
const daysAhead = (days: number) => daysAgo(-days);

let place: Place;
beforeEach(async () => {
  place = await createPlace();
  await createWebhookRow(place);
});

describe("idle revocation", () => {
  test("revokes what was not used for longer than the policy allows, and says so", async () => {
    await db.tenant.update({ where: { id: place.tenantId }, data: { idleRevocationDays: 30 } });
    const neverUsed = await tokenCreated(daysAgo(31));
    const longUnused = await tokenCreated(daysAgo(90), { lastUsedAt: daysAgo(31) });
    const used = await tokenCreated(daysAgo(90), { lastUsedAt: daysAgo(29) });
    const fresh = await tokenCreated(daysAgo(29));
    const expired = await tokenCreated(daysAgo(90), { expiresAt: daysAgo(40) });
    const withoutPolicy = await createPlace();
    const elsewhere = await tokenCreated(daysAgo(400), {}, withoutPolicy);

    await revokeIdleTokens(now);
    for (const { id } of [used, fresh, expired, elsewhere])
      expect(await revocationOf(id)).toMatchObject({ revokedAt: null });
    for (const { id } of [neverUsed, longUnused])
      expect(await revocationOf(id)).toEqual({
        ...{ revokedAt: now, revokedById: null, revokedReason: "unused" },
        revokedNote: "Not used for 30 days, the limit of the tenant's policy",
      });
    const events = await db.auditEvent.findMany({ where: { tenantId: place.tenantId } });
    expect(events.map(({ targetId }) => targetId).sort()).toEqual([neverUsed.id, longUnused.id].sort());
    for (const event of events)
      expect(event).toMatchObject({
        ...{ action: "token.revoked", reason: "unused", outcome: "success" },
        ...{ actorKind: "system", actorId: null, actorLabel: "Idle revocation", organizationId: place.organizationId },
      });
    expect(await told(place)).toEqual(["token.revoked", "token.revoked"]);

    await revokeIdleTokens(now);
    expect(await db.auditEvent.count({ where: { tenantId: place.tenantId } })).toBe(2);
  });

  test("spares a token that is being used when it looks", async () => {
    await db.tenant.update({ where: { id: place.tenantId }, data: { idleRevocationDays: 30 } });
    const inUse = await tokenCreated(daysAgo(31));
    const idle = await tokenCreated(daysAgo(31));
    // A use is being recorded: its transaction holds the row, and commits after the job has looked.
    const use = await pool.connect();
    await use.query(beginHolding);
    await use.query("update tokens set last_used_at = $2 where id = $1", [inUse.id, now]);
    await revokeIdleTokens(now).finally(() => use.query("commit"));
    use.release();
    expect(await revocationOf(inUse.id)).toMatchObject({ revokedAt: null });
    expect(await revocationOf(idle.id)).toMatchObject({ revokedReason: "unused" });
    await revokeIdleTokens(now);
    expect(await revocationOf(inUse.id)).toMatchObject({ revokedAt: null });
  });

  test("goes on in the other tenants when it fails in one", async () => {
    const broken = await createPlace();
    for (const { tenantId } of [place, broken])
      await db.tenant.update({ where: { id: tenantId }, data: { idleRevocationDays: 30 } });
    const idle = await tokenCreated(daysAgo(31));
    const stuck = await tokenCreated(daysAgo(31), {}, broken);
    await db.$executeRawUnsafe(
      `alter table tokens add constraint refuse check (id <> '${stuck.id}' or revoked_at is null) not valid`,
    );
    await expect(revokeIdleTokens(now)).rejects.toThrow("It failed in 1 of 2 places");
    await db.$executeRawUnsafe("alter table tokens drop constraint refuse");
    expect(await revocationOf(idle.id)).toMatchObject({ revokedReason: "unused" });
    expect(await db.auditEvent.count({ where: { tenantId: broken.tenantId } })).toBe(0);
    await revokeIdleTokens(now);
    expect(await revocationOf(stuck.id)).toMatchObject({ revokedReason: "unused" });
  });
});

describe("notices that time brings about", () => {
  test("of an expiry come 14 days, 3 days and 1 day ahead, each once, and then that it has come", async () => {
    const { id } = await tokenCreated(now, { expiresAt: daysAhead(30) });
    for (const [days, count] of [
      [15, 0],
      [16.5, 1],
      [17, 1],
      [26, 1],
      [27.5, 2],
      [28, 2],
      [29.5, 3],
      [30.5, 4],
      [31, 4],
    ] as const) {
      await Promise.all([giveDueNotices(daysAhead(days)), giveDueNotices(daysAhead(days))]);
      expect([days, (await told(place)).length]).toEqual([days, count]);
    }
    expect(await told(place)).toEqual(["token.expiring", "token.expiring", "token.expiring", "token.expired"]);
    const kinds = await db.tokenNotice.findMany({ where: { tokenId: id }, select: { kind: true } });
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(["expired", "expiring:14d", "expiring:1d", "expiring:3d"]);
    const events = await db.auditEvent.findMany({ where: { targetId: id } });
    expect(events).toEqual([
      expect.objectContaining({ action: "token.expired", actorKind: "system", actorLabel: "Token expiry" }),
    ]);
  });

  test("are not given of a token that was made that close to its expiry, replaced, or revoked", async () => {
    await tokenCreated(daysAgo(1), { expiresAt: daysAhead(10) });
    const replaced = await tokenCreated(daysAgo(60), { expiresAt: daysAhead(2) });
    await db.token.update({ where: { id: replaced.id }, data: { supersededAt: daysAgo(1) } });
    await tokenCreated(daysAgo(60), { expiresAt: daysAhead(2), revokedAt: now });
    await giveDueNotices(now);
    expect(await told(place)).toEqual([]);
    await giveDueNotices(daysAhead(3));
    expect(await told(place)).toEqual([]);
    expect(await db.auditEvent.count({ where: { targetId: replaced.id, action: "token.expired" } })).toBe(1);
  });

  test("come once when the service was away at the first time", async () => {
    await tokenCreated(daysAgo(60), { expiresAt: daysAhead(0.5) });
    await giveDueNotices(now);
    await giveDueNotices(now);
    expect(await told(place)).toEqual(["token.expiring"]);
  });

  test("of idleness come a week ahead of the revocation, and again when the token was used since", async () => {
    await db.tenant.update({ where: { id: place.tenantId }, data: { idleRevocationDays: 30 } });
    const { id } = await tokenCreated(daysAgo(60), { lastUsedAt: daysAgo(22) });
    await giveDueNotices(now);
    expect(await told(place)).toEqual([]);
    await giveDueNotices(daysAhead(2));
    await giveDueNotices(daysAhead(3));
    expect(await told(place)).toEqual(["token.idle_soon"]);
    const { payload } = await db.webhookDelivery.findFirstOrThrow({ where: { tenantId: place.tenantId } });
    expect(payload).toMatchObject({ data: { revocationAt: daysAhead(8).toISOString() } });
    await db.token.update({ where: { id }, data: { lastUsedAt: daysAhead(3) } });
    await giveDueNotices(daysAhead(4));
    expect(await told(place)).toEqual(["token.idle_soon"]);
    await giveDueNotices(daysAhead(27));
    expect(await told(place)).toEqual(["token.idle_soon", "token.idle_soon"]);
  });

  test("of a new network come once for each, and not for the first", async () => {
    const { id } = await tokenCreated(daysAgo(60));
    const seen = (network: string, firstSeenAt: Date) =>
      db.tokenNetwork.create({ data: { tokenId: id, network, firstSeenAt } });
    await seen("198.51.100.0/24", daysAgo(1));
    await giveDueNotices(now);
    expect(await told(place)).toEqual([]);
    await seen("203.0.113.0/24", now);
    await giveDueNotices(now);
    await giveDueNotices(now);
    await seen("2001:db8::/48", now);
    await giveDueNotices(now);
    expect(await told(place)).toEqual([
      "token.used_from_new_network",
      "token.used_from_new_network",
    ] satisfies NoticeType[]);
  });
});

test("the log of deliveries is kept for 30 days", async () => {
  const { id: webhookId } = await createWebhookRow(place);
  const row = { tenantId: place.tenantId, webhookId, event: "webhook.test", payload: {} };
  await db.webhookDelivery.createMany({
    data: [
      { ...row, state: "delivered", createdAt: daysAgo(31) },
      { ...row, state: "failed", createdAt: daysAgo(31) },
      { ...row, state: "delivered", createdAt: daysAgo(29) },
    ],
  });
  await keepHouse(now);
  expect(await db.webhookDelivery.count({ where: { webhookId } })).toBe(1);
});

async function tokenCreated(createdAt: Date, options: Parameters<typeof createTokenRow>[1] = {}, where: Place = place) {
  const token = await createTokenRow(where, options);
  await db.token.update({ where: { id: token.id }, data: { createdAt } });
  return token;
}

function revocationOf(id: string) {
  return db.token.findUniqueOrThrow({
    where: { id },
    select: { revokedAt: true, revokedById: true, revokedReason: true, revokedNote: true },
  });
}

/** What the place's webhook is to be told, oldest first. */
async function told({ tenantId }: Place): Promise<string[]> {
  const rows = await db.webhookDelivery.findMany({ where: { tenantId }, orderBy: { createdAt: "asc" } });
  return rows.map(({ event }) => event);
}
