import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as resend from "@/app/identity/webhook-deliveries/[id]/resend/route";
import * as deliveries from "@/app/identity/webhooks/[id]/deliveries/route";
import * as rotateSecret from "@/app/identity/webhooks/[id]/rotate-secret/route";
import * as webhook from "@/app/identity/webhooks/[id]/route";
import * as testMessage from "@/app/identity/webhooks/[id]/test/route";
import * as webhooks from "@/app/identity/webhooks/route";
import { db } from "@/lib/db/client";
import { queueNotices } from "@/lib/notices/queue";
import type { Notice, NoticeType } from "@/lib/notices/schema";
import { type CallOptions, call } from "@/lib/test/calls";
import { createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { makeJobsDue, runJobs } from "@/lib/test/jobs";
import { startReceiver, verified } from "@/lib/test/receiver";
import { createWebhookRow } from "@/lib/test/webhooks";
import { deliver } from "./deliver";

// Read when lib/env is first imported: the receivers of these tests are on this machine.
vi.hoisted(() => {
  process.env.WEBHOOK_PRIVATE_ADDRESSES = "allow";
});

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function receiver(answer?: RequestListener) {
  const started = await startReceiver(answer);
  stops.push(started.stop);
  return started;
}

describe("a webhook", () => {
  test("is made, read, changed and deleted by those who may; its secret is in one answer and nowhere else", async () => {
    const place = await createPlace();
    const write = await callerWith(place, "tenant:write");
    const read = await callerWith(place, "tenant:read");
    const input = { url: "https://hooks.example.com/path?key=s3cret", events: ["token.revoked", "token.expiring"] };
    const created = await write(webhooks.POST, { body: input });
    expect(created).toMatchObject({
      status: 201,
      body: {
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
        webhook: { url: input.url, events: ["token.expiring", "token.revoked"], enabled: true, lastDelivery: null },
      },
    });
    const { id } = created.body.webhook;
    const stored = await db.webhook.findUniqueOrThrow({ where: { id } });
    expect(Buffer.from(stored.secret).toString("latin1")).not.toContain(created.body.secret);

    const changed = await write(webhook.PATCH, { method: "PATCH", params: { id }, body: { enabled: false } });
    expect(changed.body).toMatchObject({ id, enabled: false, url: input.url });
    const listed = await read(webhooks.GET);
    expect(listed.body).toEqual({ items: [changed.body], nextCursor: null });
    expect((await read(webhook.GET, { params: { id } })).body).toEqual(changed.body);
    expect((await write(webhook.DELETE, { method: "DELETE", params: { id } })).status).toBe(204);
    expect((await read(webhook.GET, { params: { id } })).status).toBe(404);

    const events = await db.auditEvent.findMany({
      where: { targetId: id },
      orderBy: { occurredAt: "asc" },
      select: { action: true, targetLabel: true, details: true },
    });
    expect(events.map(({ action, targetLabel }) => [action, targetLabel])).toEqual(
      ["webhook.created", "webhook.updated", "webhook.deleted"].map((action) => [action, "hooks.example.com"]),
    );
    // Paths and queries of such addresses are often secrets.
    expect(JSON.stringify([events, listed.body]).replaceAll(input.url, "")).not.toMatch(/s3cret|whsec_/);
    expect(JSON.stringify(events)).not.toContain("s3cret");
  });

  test("names what is wrong with it", async () => {
    const write = await callerWith(await createPlace(), "tenant:write");
    for (const [input, path] of [
      [{ url: "hooks.example.com", events: ["token.rotated"] }, "url"],
      [{ url: "ftp://hooks.example.com/", events: ["token.rotated"] }, "url"],
      [{ url: "https://me:secret@hooks.example.com/", events: ["token.rotated"] }, "url"],
      [{ url: "https://hooks.example.com/", events: [] }, "events"],
      [{ url: "https://hooks.example.com/", events: ["token.born"] }, "events.0"],
    ] as const) {
      const { status, body } = await write(webhooks.POST, { body: input });
      expect([status, body.issues?.[0]?.path]).toEqual([400, path]);
    }
  });

  test("of another tenant is not there", async () => {
    const { id } = await createWebhookRow(await createPlace());
    const stranger = await callerWith(await createPlace(), "tenant:read", "tenant:write");
    const calls = [
      stranger(webhook.GET, { params: { id } }),
      stranger(webhook.PATCH, { method: "PATCH", params: { id }, body: { enabled: false } }),
      stranger(webhook.DELETE, { method: "DELETE", params: { id } }),
      stranger(rotateSecret.POST, { params: { id }, body: { overlapSeconds: 0 } }),
      stranger(testMessage.POST, { method: "POST", params: { id } }),
      stranger(deliveries.GET, { params: { id } }),
    ];
    for (const { status } of await Promise.all(calls)) expect(status).toBe(404);
    expect(await db.webhook.count({ where: { id, enabled: true } })).toBe(1);
  });

  test("is one of ten at most, also when all are made at once", async () => {
    const place = await createPlace();
    const write = await callerWith(place, "tenant:write");
    const input = { url: "https://hooks.example.com/", events: ["token.revoked"] };
    const answers = await Promise.all(Array.from({ length: 16 }, () => write(webhooks.POST, { body: input })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(6);
    expect(await db.webhook.count({ where: { tenantId: place.tenantId } })).toBe(10);
  });
});

describe("a message", () => {
  test("says what happened, to the webhooks of the tenant that ask for it, signed", async () => {
    const place = await createPlace();
    const { url, messages } = await receiver();
    const { id, secret } = await createWebhookRow(place, { url, events: ["token.rotated"] });
    await createWebhookRow(place, { url, events: ["token.revoked"] });
    await createWebhookRow(await createPlace(), { url });
    const off = await createWebhookRow(place, { url });
    await db.webhook.update({ where: { id: off.id }, data: { enabled: false } });
    await tell(place, "token.rotated");
    await runJobs();
    expect(messages).toHaveLength(1);
    expect(verified(messages[0], secret)).toEqual({
      type: "token.rotated",
      timestamp: expect.any(String),
      data: {
        ...place,
        token: expect.objectContaining({ name: "CI" }),
        successor: expect.anything(),
        worksUntil: time,
      },
    });
    expect(() => verified(messages[0], off.secret)).toThrow("No matching signature");
    const delivery = await onlyDelivery(id);
    expect(delivery).toMatchObject({ state: "delivered", attempts: 1, responseStatus: 204, error: null });
    expect(messages[0]?.headers["webhook-id"]).toBe(delivery.id);
  });

  test("about what was rolled back is not sent", async () => {
    const place = await createPlace();
    const { url, messages } = await receiver();
    await createWebhookRow(place, { url });
    const undone = db.$transaction(async (transaction) => {
      await queueNotices(transaction, place, [noticeOf("token.revoked")]);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await runJobs();
    expect(messages).toEqual([]);
    expect(await db.webhookDelivery.count({ where: { tenantId: place.tenantId } })).toBe(0);
  });

  test("is sent again after a failure, later and later, with the same id, and is given up after eight tries", async () => {
    const place = await createPlace();
    const { url, messages } = await receiver((_, response) => response.writeHead(500).end("oops"));
    const { id, secret } = await createWebhookRow(place, { url });
    await tell(place, "token.revoked");
    const delays: number[] = [];
    for (let attempts = 1; attempts <= 8; attempts += 1) {
      await runJobs();
      expect(await onlyDelivery(id)).toMatchObject({
        ...{ attempts, state: attempts < 8 ? "pending" : "failed" },
        ...{ responseStatus: 500, error: "The receiver answered 500" },
      });
      delays.push(await secondsUntilNextTry());
      await makeJobsDue();
    }
    await runJobs();
    expect(messages).toHaveLength(8);
    expect(new Set(messages.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    for (const message of messages) verified(message, secret);
    expect(delays.slice(0, 7)).toEqual([...delays.slice(0, 7)].sort((left, right) => left - right));
    expect(delays[0]).toBeLessThanOrEqual(5);
    const total = delays.slice(0, 7).reduce((sum, delay) => sum + delay, 0);
    expect(total).toBeGreaterThan(20 * 3600);
  });

  test("that a receiver hangs on is tried again, and arrives when it answers", async () => {
    const place = await createPlace();
    let hangs = true;
    const { url, messages } = await receiver((_, response) => {
      if (!hangs) response.writeHead(200).end();
    });
    const { id, secret } = await createWebhookRow(place, { url });
    await tell(place, "token.leaked");
    const pending = await onlyDelivery(id);
    await deliver(pending.id, { timeoutMilliseconds: 100 });
    expect(await onlyDelivery(id)).toMatchObject({
      ...{ state: "pending", attempts: 1, responseStatus: null, error: "No answer within 0.1 seconds" },
    });
    hangs = false;
    await makeJobsDue();
    await runJobs();
    expect(await onlyDelivery(id)).toMatchObject({ state: "delivered", attempts: 2, responseStatus: 200, error: null });
    expect(messages).toHaveLength(2);
    verified(messages[1], secret);
  });

  test("whose try the service's stop ends is not counted as tried", async () => {
    const place = await createPlace();
    const stopping = new AbortController();
    const { url } = await receiver(() => stopping.abort());
    const { id } = await createWebhookRow(place, { url });
    await tell(place, "token.leaked");
    const { id: deliveryId } = await onlyDelivery(id);
    await expect(deliver(deliveryId, { signal: stopping.signal })).rejects.toThrow();
    expect(await onlyDelivery(id)).toMatchObject({ state: "pending", attempts: 0 });
  });

  test("still to be sent when its webhook is turned off or deleted is not sent", async () => {
    const place = await createPlace();
    const { url, messages } = await receiver();
    const off = await createWebhookRow(place, { url });
    const deleted = await createWebhookRow(place, { url });
    await tell(place, "token.expired");
    await db.webhook.update({ where: { id: off.id }, data: { enabled: false } });
    await db.webhook.delete({ where: { id: deleted.id } });
    await runJobs();
    expect(messages).toEqual([]);
    expect(await onlyDelivery(off.id)).toMatchObject({ state: "failed", error: expect.stringContaining("turned off") });
  });

  test("can be tried out, looked up and sent again", async () => {
    const place = await createPlace();
    let status = 503;
    const { url, messages } = await receiver((_, response) => response.writeHead(status).end());
    const { id, secret } = await createWebhookRow(place, { url, events: ["token.leaked"] });
    const write = await callerWith(place, "tenant:write");
    const read = await callerWith(place, "tenant:read");
    const sent = await write(testMessage.POST, { method: "POST", params: { id } });
    expect(sent).toMatchObject({ status: 201, body: { event: "webhook.test", state: "pending", attempts: 0 } });
    await runJobs();
    const [failed] = (await read(deliveries.GET, { params: { id } })).body.items;
    expect(failed).toMatchObject({ id: sent.body.id, state: "pending", attempts: 1, responseStatus: 503 });
    expect(Date.parse(failed.nextAttemptAt)).toBeGreaterThan(Date.parse(failed.lastAttemptAt));

    status = 204;
    const again = await write(resend.POST, { method: "POST", params: { id: failed.id } });
    expect(again).toMatchObject({ status: 200, body: { id: failed.id, state: "pending", attempts: 0, error: null } });
    await runJobs();
    await makeJobsDue();
    await runJobs();
    expect(messages).toHaveLength(2);
    expect(verified(messages[1], secret)).toMatchObject({ type: "webhook.test" });
    expect((await read(webhook.GET, { params: { id } })).body.lastDelivery).toMatchObject({ state: "delivered" });

    const stranger = await callerWith(await createPlace(), "tenant:write");
    expect((await stranger(resend.POST, { method: "POST", params: { id: failed.id } })).status).toBe(404);
    await write(webhook.PATCH, { method: "PATCH", params: { id }, body: { enabled: false } });
    expect((await write(resend.POST, { method: "POST", params: { id: failed.id } })).status).toBe(409);
    expect((await write(testMessage.POST, { method: "POST", params: { id } })).status).toBe(409);
  });
});

describe("a rotated secret", () => {
  test("signs together with the old one for the overlap, and alone after it", async () => {
    const place = await createPlace();
    const { url, messages } = await receiver();
    const { id, secret: old } = await createWebhookRow(place, { url });
    const write = await callerWith(place, "tenant:write");
    const rotated = await write(rotateSecret.POST, { params: { id }, body: { overlapSeconds: 3600 } });
    expect(rotated.body.webhook.previousSecretUntil).toEqual(time);
    await tell(place, "token.revoked");
    await runJobs();
    verified(messages[0], old);
    verified(messages[0], rotated.body.secret);

    await db.webhook.update({ where: { id }, data: { previousSecretUntil: new Date(Date.now() - 1000) } });
    await tell(place, "token.revoked");
    await runJobs();
    verified(messages[1], rotated.body.secret);
    expect(() => verified(messages[1], old)).toThrow("No matching signature");

    const next = await write(rotateSecret.POST, { params: { id }, body: { overlapSeconds: 0 } });
    expect(next.body.webhook.previousSecretUntil).toBeNull();
    await tell(place, "token.revoked");
    await runJobs();
    verified(messages[2], next.body.secret);
    expect(() => verified(messages[2], rotated.body.secret)).toThrow("No matching signature");
    expect(await db.auditEvent.count({ where: { targetId: id, action: "webhook.secret_rotated" } })).toBe(2);
  });

  test("is asked for when AUTH_SECRET changed, since the old one can no longer be read; then what waited is sent", async () => {
    const place = await createPlace();
    const { url, messages } = await receiver();
    const { id } = await createWebhookRow(place, { url });
    const write = await callerWith(place, "tenant:write");
    await tell(place, "token.revoked");
    vi.stubEnv("NEXTAUTH_SECRET", "another-secret-that-only-this-test-knows-012345");
    await runJobs();
    vi.unstubAllEnvs();
    expect(messages).toEqual([]);
    expect(await onlyDelivery(id)).toMatchObject({ state: "pending", error: expect.stringContaining("rotate it") });
    const { body } = await write(rotateSecret.POST, { params: { id }, body: { overlapSeconds: 0 } });
    await makeJobsDue();
    await runJobs();
    verified(messages[0], body.secret);
  });
});

test("10,000 notices become as many messages within seconds", async () => {
  const place = await createPlace();
  await createWebhookRow(place, { events: ["token.revoked"] });
  const start = performance.now();
  await db.$transaction(
    (transaction) =>
      queueNotices(
        transaction,
        place,
        Array.from({ length: 10_000 }, () => noticeOf("token.revoked")),
      ),
    { timeout: 30_000 },
  );
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(`10,000 notices queued in ${seconds.toFixed(2)} s\n`);
  expect(await db.webhookDelivery.count({ where: { tenantId: place.tenantId } })).toBe(10_000);
  expect(seconds).toBeLessThan(10);
  await db.$executeRaw`delete from graphile_worker._private_jobs`;
});

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** A program with exactly these scopes in the place. */
async function callerWith(place: Place, ...scopes: ("tenant:read" | "tenant:write")[]) {
  const { secret: token } = await createTokenRow(place, { scopes });
  return (handler: Parameters<typeof call>[0], options: CallOptions = {}) =>
    call(handler, "/identity/webhooks", { token, ...options });
}

function tell(place: Place, type: NoticeType): Promise<void> {
  return db.$transaction((transaction) => queueNotices(transaction, place, [noticeOf(type)]));
}

function noticeOf(type: NoticeType): Notice {
  const token = { id: randomUUID(), name: "CI", hint: "pxt_…abcd" };
  const now = new Date().toISOString();
  switch (type) {
    case "token.expiring":
      return { type, token, expiresAt: now, withinDays: 3 };
    case "token.expired":
      return { type, token, expiredAt: now };
    case "token.rotated":
      return { type, token, successor: { id: randomUUID(), hint: "pxt_…efgh" }, worksUntil: now };
    case "token.revoked":
      return { type, token, reason: "compromised", note: null };
    case "token.leaked":
      return { type, token, foundAt: "https://github.com/acme/site" };
    case "token.used_from_new_network":
      return { type, token, network: "198.51.100.0/24", firstSeenAt: now };
    case "token.idle_soon":
      return { type, token, idleSince: now, revocationAt: now };
  }
}

function onlyDelivery(webhookId: string) {
  return db.webhookDelivery.findFirstOrThrow({ where: { webhookId } });
}

async function secondsUntilNextTry(): Promise<number> {
  const [row] = await db.$queryRaw<{ seconds: number }[]>`
    select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs order by run_at limit 1`;
  return Math.ceil(row?.seconds ?? 0);
}
