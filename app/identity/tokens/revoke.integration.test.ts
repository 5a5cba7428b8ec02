import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import * as pipelines from "@/app/v1/[...path]/route";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { generateSecret, type PresentedSecret, parseSecret, secretHint } from "@/lib/tokens/secret";
import { verifyToken } from "@/lib/tokens/verify";
import * as item from "./[id]/route";
import * as revoke from "./revoke/route";

const path = "/identity/tokens/revoke";
const day = 24 * 60 * 60 * 1000;

async function adminOf(place: Place) {
  const session = { cookie: await sessionCookie(await createMember(place, "admin", { name: "Ada Admin" })) };
  const headers = contextOf(place);
  return {
    session: { ...session, headers },
    revoke: (body: object) => call(revoke.POST, path, { ...session, headers, body }),
  };
}

/** Many tokens at once, as programs present them. */
async function manyTokens(place: Place, count: number): Promise<{ id: string; presented: PresentedSecret }[]> {
  const { id: createdById } = await createMember(place, "owner");
  const tokens = Array.from({ length: count }, () => {
    const presented = parseSecret(generateSecret("api"));
    if (!presented) throw new TypeError("A new secret is well formed");
    return { id: randomUUID(), presented };
  });
  await db.token.createMany({
    data: tokens.map(({ id, presented }) => ({
      ...{ ...place, id, createdById, name: "one of many", scopes: [] },
      ...{ hint: secretHint(presented.secret), hash: Buffer.from(presented.digest, "hex") },
    })),
  });
  return tokens;
}

const eventsOf = (place: Place) => db.auditEvent.count({ where: { ...place, action: "token.revoked" } });

describe("revoking", () => {
  test("a revoked token is refused by the next request", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const lastUsedAt = new Date(Date.now() - day);
    const token = await createTokenRow(place, { name: "CI", scopes: ["pipeline:read"], lastUsedAt });
    const body = { ids: [token.id.toUpperCase()], reason: "compromised", note: "seen in a log" };
    expect((await admin.revoke(body)).body).toEqual({
      dryRun: false,
      results: [
        {
          ...{ id: token.id, outcome: "revoked", name: "CI", hint: token.hint },
          ...{ lastUsedAt: lastUsedAt.toISOString(), expiresAt: null },
        },
      ],
    });
    expect((await call(pipelines.GET, "/v1/pipelines", { token: token.secret })).status).toBe(401);
    const params = { id: token.id };
    const shown = await call(item.GET, `/identity/tokens/${token.id}`, { ...admin.session, params });
    expect(shown.body).toMatchObject({
      status: "revoked",
      revokedReason: "compromised",
      revokedNote: "seen in a log",
      revokedBy: { name: "Ada Admin" },
    });
    const event = await db.auditEvent.findFirstOrThrow({ where: { targetId: token.id, action: "token.revoked" } });
    expect(event).toMatchObject({ reason: "compromised", targetLabel: token.hint, actorLabel: "Ada Admin" });
  });

  test("says of each what became of it, in the order asked; a foreign token is as one that does not exist", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const dead = await createTokenRow(place, { name: "dead", revokedAt: new Date() });
    const working = await createTokenRow(place, { name: "working" });
    const foreign = await createTokenRow(await createTenant(place), {});
    const personal = await createTokenRow(place, { kind: "personal" });
    const ids = [randomUUID(), foreign.id, personal.id, dead.id, working.id, dead.id];
    for (const dryRun of [true, false]) {
      const { body } = await admin.revoke({ ids, reason: "unused", dryRun });
      expect(body.results).toEqual([
        ...ids.slice(0, 3).map((id) => ({ id, outcome: "not_found" })),
        expect.objectContaining({ id: dead.id, outcome: "already_revoked", name: "dead" }),
        expect.objectContaining({ id: working.id, outcome: "revoked", name: "working" }),
      ]);
    }
    expect(await db.token.count({ where: { id: { in: [foreign.id, personal.id] }, revokedAt: null } })).toBe(2);
  });

  test("a token revokes in the name of its creator", async () => {
    const place = await createPlace();
    const caller = await createTokenRow(place, { scopes: ["token:write"] });
    const { id } = await createTokenRow(place, {});
    await call(revoke.POST, path, { token: caller.secret, body: { ids: [id], reason: "unused" } });
    expect(await db.token.findUniqueOrThrow({ where: { id } })).toMatchObject({ revokedById: caller.creatorId });
  });

  test("a hundred at once make one revocation and one event; the first reason stands", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const { id } = await createTokenRow(place, {});
    const answers = await Promise.all(Array.from({ length: 100 }, () => admin.revoke({ ids: [id], reason: "unused" })));
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    const outcomes = answers.map(({ body }) => body.results[0].outcome).sort();
    expect(outcomes).toEqual([...Array(99).fill("already_revoked"), "revoked"]);
    expect(await eventsOf(place)).toBe(1);
    await admin.revoke({ ids: [id], reason: "compromised" });
    expect(await db.token.findUniqueOrThrow({ where: { id } })).toMatchObject({ revokedReason: "unused" });
  });
});

describe("revoking many", () => {
  test("by filter, after a dry run that lists them with their last use and changes nothing", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const lastUsedAt = new Date(Date.now() - 100 * day);
    const old = await createTokenRow(place, { name: "old", lastUsedAt });
    const fresh = await createTokenRow(place, { name: "fresh", lastUsedAt: new Date() });
    const filter = { lastUsedBefore: new Date(Date.now() - 90 * day).toISOString() };
    const run = (dryRun: boolean) => admin.revoke({ filter, reason: "unused", dryRun });
    const row = {
      ...{ id: old.id, outcome: "revoked", name: "old", hint: old.hint },
      ...{ lastUsedAt: lastUsedAt.toISOString(), expiresAt: null },
    };
    expect((await run(true)).body).toEqual({ dryRun: true, results: [row] });
    expect(await db.token.count({ where: { ...place, revokedAt: { not: null } } })).toBe(0);
    expect(await eventsOf(place)).toBe(0);
    expect((await run(false)).body).toEqual({ dryRun: false, results: [row] });
    expect((await db.token.findUniqueOrThrow({ where: { id: fresh.id } })).revokedAt).toBeNull();
  });

  test("is seen by every call at once: all still work, or none does", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const tokens = await manyTokens(place, 1000);
    const watched = tokens.filter((_, index) => index % 25 === 0);
    const seen = new Set<number>();
    let finished = false;
    const watch = async () => {
      do {
        const verdicts = await Promise.all(watched.map(({ presented }) => verifyToken(presented)));
        seen.add(verdicts.filter(({ ok }) => ok).length);
      } while (!finished);
    };
    const watching = watch();
    const answer = await admin.revoke({ filter: {}, reason: "offboarding" });
    finished = true;
    await watching;
    await watch();
    expect(answer.body.results).toHaveLength(1000);
    expect([...seen].sort((a, b) => b - a)).toEqual([watched.length, 0]);
    expect(await eventsOf(place)).toBe(1000);
  });

  test("overlapping calls neither wait for each other nor record a token twice", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const ids = (await manyTokens(place, 300)).map(({ id }) => id);
    const answers = await Promise.all(
      [ids, ids.toReversed(), ids.slice(100), ids.slice(0, 200).toReversed()].flatMap((some) => [
        admin.revoke({ ids: some, reason: "unused" }),
        admin.revoke({ filter: {}, reason: "offboarding" }),
      ]),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const rows: { id: string; outcome: string }[] = answers.flatMap(({ body }) => body.results);
    expect(rows.filter(({ outcome }) => outcome === "revoked")).toHaveLength(300);
    expect(await eventsOf(place)).toBe(300);
    expect(await db.token.count({ where: { ...place, revokedAt: null } })).toBe(0);
  });

  describe("up to 10,000 tokens", () => {
    let admin: Awaited<ReturnType<typeof adminOf>>;
    let place: Place;
    let ids: string[];
    beforeAll(async () => {
      place = await createPlace();
      admin = await adminOf(place);
      ids = (await manyTokens(place, 10_001)).map(({ id }) => id);
    });

    test("a filter that matches more is refused, naming the limit, and nothing is revoked", async () => {
      for (const dryRun of [true, false]) {
        const answer = await admin.revoke({ filter: {}, reason: "unused", dryRun });
        expect([answer.status, answer.body.issues]).toEqual([
          400,
          [
            {
              path: "filter",
              message: "Matches more than 10000 tokens, the most that one call changes; narrow it",
            },
          ],
        ]);
      }
      expect((await admin.revoke({ ids, reason: "unused" })).body.issues[0]).toEqual({
        path: "ids",
        message: "Name at most 10000 tokens in one call",
      });
      expect(await db.token.count({ where: { ...place, revokedAt: null } })).toBe(10_001);
    });

    test("in one call, all or nothing, each with its event", async () => {
      await admin.revoke({ ids: ids.slice(0, 1), reason: "unused" });
      const answer = await admin.revoke({ filter: {}, reason: "unused" });
      expect(answer.body.results).toHaveLength(10_000);
      expect(await eventsOf(place)).toBe(10_001);
    });
  });

  test.each([
    [{ reason: "unused" }, "ids"],
    [{ ids: [randomUUID()], filter: {}, reason: "unused" }, "ids"],
    [{ ids: [], reason: "unused" }, "ids"],
    [{ ids: ["x"], reason: "unused" }, "ids.0"],
    [{ ids: [randomUUID()] }, "reason"],
    [{ ids: [randomUUID()], reason: "because" }, "reason"],
    [{ ids: [randomUUID()], reason: "other" }, "note"],
    [{ ids: [randomUUID()], reason: "other", note: "  " }, "note"],
  ])("refuses %j naming %s", async (body, field) => {
    const answer = await (await adminOf(await createPlace())).revoke(body);
    expect([answer.status, answer.body.issues?.[0]?.path]).toEqual([400, field]);
  });
});
