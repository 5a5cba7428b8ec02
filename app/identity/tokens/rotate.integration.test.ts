import { describe, expect, test } from "vitest";
import * as v1 from "@/app/v1/[...path]/route";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPipelineRow, createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as rotate from "./[id]/rotate/route";

const day = 24 * 60 * 60 * 1000;

async function rotator(place: Place, role: "owner" | "admin" | "editor" = "admin") {
  const session = { cookie: await sessionCookie(await createMember(place, role)), headers: contextOf(place) };
  return (id: string, overlapSeconds: unknown) =>
    call(rotate.POST, `/identity/tokens/${id}/rotate`, { ...session, params: { id }, body: { overlapSeconds } });
}

const works = async (token: string) => (await call(v1.GET, "/v1/pipelines", { token })).status === 200;

async function isWaitingForLock(): Promise<boolean> {
  const waiting: unknown[] = await db.$queryRaw`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return waiting.length > 0;
}

describe("rotating a token", () => {
  test("gives a successor with the same settings; both work through the overlap", async () => {
    const place = await createPlace();
    const pipeline = await createPipelineRow(place);
    const old = await createTokenRow(place, {
      name: "deploy",
      scopes: ["pipeline:read"],
      resources: { pipelines: [pipeline.id] },
      expiresAt: new Date(Date.now() + 20 * day),
    });
    await db.token.update({ where: { id: old.id }, data: { createdAt: new Date(Date.now() - 10 * day) } });
    const { status, body } = await (await rotator(place))(old.id, 3600);
    expect(status).toBe(201);
    expect(body.token).toMatchObject({
      name: "deploy",
      scopes: ["pipeline:read"],
      resources: { pipelines: [pipeline.id] },
      rotatedFromId: old.id,
      status: "active",
    });
    expect(Date.parse(body.token.expiresAt) - Date.now()).toBeCloseTo(30 * day, -4);
    expect(await works(old.secret)).toBe(true);
    expect(await works(body.secret)).toBe(true);
    const row = await db.token.findUniqueOrThrow({ where: { id: old.id } });
    expect((row.expiresAt?.getTime() ?? 0) - Date.now()).toBeCloseTo(3600_000, -4);
    const actions = await db.auditEvent.findMany({
      where: { targetId: { in: [old.id, body.token.id] }, actorKind: "user" },
    });
    expect(actions.map(({ action }) => action).sort()).toEqual(["token.created", "token.rotated"]);
  });

  test("with no overlap the old secret is refused by the next call", async () => {
    const place = await createPlace();
    const old = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const { body } = await (await rotator(place))(old.id, 0);
    expect(await works(old.secret)).toBe(false);
    expect(await works(body.secret)).toBe(true);
  });

  test("never lets the old one work beyond its own expiry", async () => {
    const place = await createPlace();
    const expiresAt = new Date(Date.now() + day);
    const old = await createTokenRow(place, { scopes: ["pipeline:read"], expiresAt });
    await (await rotator(place))(old.id, 30 * 24 * 3600);
    const row = await db.token.findUniqueOrThrow({ where: { id: old.id } });
    expect(row.expiresAt).toEqual(expiresAt);
  });

  test("of twenty rotations at once one wins; the others get 409", async () => {
    const place = await createPlace();
    const old = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const run = await rotator(place);
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(old.id, 3600)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect(await db.token.count({ where: { rotatedFromId: old.id } })).toBe(1);
    expect(await db.auditEvent.count({ where: { targetId: old.id, action: "token.rotated" } })).toBe(1);
  });

  test("of a hundred at once leaves exactly one successor and one event; nobody else gets a secret", async () => {
    const place = await createPlace();
    const old = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const run = await rotator(place);
    const answers = await Promise.all(Array.from({ length: 100 }, () => run(old.id, 3600)));
    const [winners, others] = [answers.filter(({ status }) => status === 201), answers.filter((a) => a.status !== 201)];
    expect(winners.map(({ body }) => body.token.rotatedFromId)).toEqual([old.id]);
    // 503: more at once than there are connections to the database; that caller may ask again, and gets 409.
    for (const { status, body } of others)
      expect([status, body.secret]).toEqual([status === 503 ? 503 : 409, undefined]);
    expect(await db.token.count({ where: { rotatedFromId: old.id } })).toBe(1);
    expect(await db.auditEvent.count({ where: { targetId: old.id, action: "token.rotated" } })).toBe(1);
  });

  test("never gives back a scope that is taken away meanwhile", async () => {
    const place = await createPlace();
    const old = await createTokenRow(place, { scopes: ["pipeline:read", "alerts:read"] });
    const run = await rotator(place);
    const rotation = await db.$transaction(async (narrowing) => {
      await narrowing.token.update({ where: { id: old.id }, data: { scopes: ["pipeline:read"] } });
      const started = run(old.id, 3600);
      // It has read the token and waits for this transaction to change it.
      while (!(await isWaitingForLock()));
      return { started };
    });
    expect((await rotation.started).status).toBe(409);
    expect((await run(old.id, 3600)).body.token.scopes).toEqual(["pipeline:read"]);
  });

  test("of a dead token is 409, and does not revive it", async () => {
    const place = await createPlace();
    const run = await rotator(place);
    const revoked = await createTokenRow(place, { revokedAt: new Date() });
    const expired = await createTokenRow(place, { expiresAt: new Date(Date.now() - day) });
    for (const { id } of [revoked, expired]) expect((await run(id, 0)).body.error).toBe("conflict");
  });

  test("gives nobody a secret to more than they hold", async () => {
    const place = await createPlace();
    const { id } = await createTokenRow(place, { scopes: ["organization:write", "pipeline:read"] });
    const refused = await (await rotator(place, "admin"))(id, 0);
    expect([refused.status, refused.body.missingScopes]).toEqual([403, ["organization:write"]]);
    expect((await (await rotator(place, "editor"))(id, 0)).body.scope).toBe("token:write");
    expect((await (await rotator(place, "owner"))(id, 0)).status).toBe(201);
  });

  test("gives a token that is limited to chosen resources no secret that reaches others", async () => {
    const place = await createPlace();
    await db.tenant.update({ where: { id: place.tenantId }, data: { tokensMayCreateTokens: true } });
    const [own, other] = [await createPipelineRow(place), await createPipelineRow(place)];
    const limitedTo = (...pipelines: { id: string }[]) => ({ pipelines: pipelines.map(({ id }) => id) });
    const caller = await createTokenRow(place, {
      scopes: ["token:write", "pipeline:read"],
      resources: limitedTo(own),
    });
    const run = (id: string) =>
      call(rotate.POST, `/identity/tokens/${id}/rotate`, {
        ...{ token: caller.secret, params: { id }, body: { overlapSeconds: 0 } },
      });
    for (const resources of [undefined, limitedTo(other), limitedTo(own, other), { datasets: [other.id] }]) {
      const beyond = await createTokenRow(place, { scopes: ["pipeline:read"], ...(resources && { resources }) });
      const refused = await run(beyond.id);
      expect([refused.status, refused.body.issues?.[0].path]).toEqual([400, "resources.pipelines"]);
      expect(await works(beyond.secret)).toBe(true);
    }
    const within = await createTokenRow(place, { scopes: ["pipeline:read"], resources: limitedTo(own) });
    expect((await run(within.id)).status).toBe(201);
    expect((await run(caller.id)).status).toBe(201);
  });

  test.each([-1, 2_592_001, 1.5, "1h", undefined])("refuses an overlap of %s naming it", async (overlap) => {
    const place = await createPlace();
    const { id } = await createTokenRow(place, {});
    const answer = await (await rotator(place))(id, overlap);
    expect([answer.status, answer.body.issues[0].path]).toEqual([400, "overlapSeconds"]);
  });
});
