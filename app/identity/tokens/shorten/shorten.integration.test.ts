import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as shorten from "./route";

const path = "/identity/tokens/shorten";
const day = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * day);
const next = inDays(7);

async function shortenerOf(place: Place) {
  const session = { cookie: await sessionCookie(await createMember(place, "admin")), headers: contextOf(place) };
  return (body: object) => call(shorten.POST, path, { ...session, body: { expiresAt: next.toISOString(), ...body } });
}

const expiryOf = async (id: string) => (await db.token.findUniqueOrThrow({ where: { id } })).expiresAt;
const outcomes = (body: { results: { outcome: string }[] }) => body.results.map(({ outcome }) => outcome);

describe("shortening tokens", () => {
  test("brings forward what ends later, leaves the rest, and says of each what became of it", async () => {
    const place = await createPlace();
    const run = await shortenerOf(place);
    const later = inDays(100);
    const never = await createTokenRow(place, { expiresAt: null, lastUsedAt: inDays(-1) });
    const long = await createTokenRow(place, { expiresAt: later });
    const short = await createTokenRow(place, { expiresAt: inDays(3) });
    const expired = await createTokenRow(place, { expiresAt: inDays(-1) });
    const revoked = await createTokenRow(place, { revokedAt: new Date() });
    const foreign = await createTokenRow(await createTenant(place), { expiresAt: null });
    const personal = await createTokenRow(place, { kind: "personal", expiresAt: null });
    const ids = [never, long, short, expired, revoked, foreign, personal].map(({ id }) => id).concat(randomUUID());
    const expected = [
      ...["shortened", "shortened", "already_earlier", "not_working", "not_working"],
      ...["not_found", "not_found", "not_found"],
    ];

    const rehearsed = await run({ ids, dryRun: true });
    expect([rehearsed.status, rehearsed.body.dryRun, outcomes(rehearsed.body)]).toEqual([200, true, expected]);
    expect(await expiryOf(never.id)).toBeNull();
    const done = await run({ ids });
    expect([done.body.dryRun, outcomes(done.body)]).toEqual([false, expected]);
    expect(done.body.results).toEqual(rehearsed.body.results);
    expect(done.body.results[1]).toMatchObject({
      id: long.id,
      hint: long.hint,
      previousExpiresAt: later.toISOString(),
    });
    for (const { id } of [never, long]) expect(await expiryOf(id)).toEqual(next);
    for (const { id } of [foreign, personal]) expect(await expiryOf(id)).toBeNull();

    const events = await db.auditEvent.findMany({
      where: { tenantId: place.tenantId, action: "token.updated" },
      select: { targetId: true, details: true },
    });
    const after = { expiresAt: next.toISOString() };
    expect(new Map(events.map(({ targetId, details }) => [targetId, details]))).toEqual(
      new Map([
        [never.id, { before: { expiresAt: null }, after }],
        [long.id, { before: { expiresAt: later.toISOString() }, after }],
      ]),
    );
    expect(outcomes((await run({ ids: [never.id] })).body)).toEqual(["already_earlier"]);
  });

  test("by a filter reaches those that match and no others", async () => {
    const place = await createPlace();
    const run = await shortenerOf(place);
    const never = await createTokenRow(place, { expiresAt: null });
    const long = await createTokenRow(place, { expiresAt: inDays(100) });
    const { body } = await run({ filter: { neverExpires: true } });
    expect(body.results.map(({ id }: { id: string }) => id)).toEqual([never.id]);
    expect(await expiryOf(long.id)).not.toEqual(next);
  });

  test("twenty at once make one change and one event", async () => {
    const place = await createPlace();
    const run = await shortenerOf(place);
    const { id } = await createTokenRow(place, { expiresAt: null });
    const answers = await Promise.all(Array.from({ length: 20 }, () => run({ ids: [id] })));
    expect(answers.flatMap(({ body }) => outcomes(body)).filter((outcome) => outcome === "shortened")).toHaveLength(1);
    expect(await db.auditEvent.count({ where: { targetId: id, action: "token.updated" } })).toBe(1);
  });

  test.each([
    [{}, "ids"],
    [{ ids: [randomUUID()], filter: {} }, "ids"],
    [{ ids: [randomUUID()], expiresAt: inDays(-1).toISOString() }, "expiresAt"],
    [{ ids: [randomUUID()], expiresAt: null }, "expiresAt"],
    [{ ids: [randomUUID()], expiresAt: "soon" }, "expiresAt"],
  ])("refuses %j, naming the field", async (body, field) => {
    const answer = await (await shortenerOf(await createPlace()))(body);
    expect([answer.status, answer.body.issues?.[0].path]).toEqual([400, field]);
  });
});
