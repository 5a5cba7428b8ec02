import { describe, expect, test } from "vitest";
import * as usage from "@/app/identity/tokens/[id]/usage/route";
import type { Scope } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";

const day = 24 * 60 * 60 * 1000;
const daysAgo = (count: number) => new Date(Date.now() - count * day);
const dateOf = (time: Date) => time.toISOString().slice(0, 10);

async function reader(place: Place) {
  const session = { cookie: await sessionCookie(await createMember(place, "admin")), headers: contextOf(place) };
  return (id: string, query = "") =>
    call(usage.GET, `/identity/tokens/${id}/usage${query}`, { ...session, params: { id } });
}

interface Used {
  ageDays: number;
  scopes: readonly Scope[];
  /** When each of them was last used. */
  lastUses?: Partial<Record<Scope, Date>>;
}

async function createUsedToken(place: Place, { ageDays, scopes, lastUses = {} }: Used) {
  const { id } = await createTokenRow(place, { scopes });
  await db.token.update({
    where: { id },
    data: {
      createdAt: daysAgo(ageDays),
      scopeUses: { create: Object.entries(lastUses).map(([scope, lastUsedAt]) => ({ scope, lastUsedAt })) },
    },
  });
  return id;
}

describe("how a token is used", () => {
  test("is told day by day, days without a call included, up to today", async () => {
    const place = await createPlace();
    const id = await createUsedToken(place, { ageDays: 10, scopes: ["pipeline:read"] });
    await db.tokenUsageDay.createMany({
      data: [
        { tokenId: id, day: new Date(), allowed: 7, denied: 2 },
        { tokenId: id, day: daysAgo(2), allowed: 5 },
        { tokenId: id, day: daysAgo(3), allowed: 100 },
      ],
    });
    const { status, body } = await (await reader(place))(id, "?days=3");
    expect(status).toBe(200);
    expect(body.days).toEqual([
      { day: dateOf(daysAgo(2)), allowed: 5, denied: 0 },
      { day: dateOf(daysAgo(1)), allowed: 0, denied: 0 },
      { day: dateOf(daysAgo(0)), allowed: 7, denied: 2 },
    ]);
    expect([body.allowed, body.denied]).toEqual([12, 2]);
  });

  test("comes with the scopes it could do without: never used, or not in 90 days", async () => {
    const place = await createPlace();
    const used = daysAgo(89);
    const id = await createUsedToken(place, {
      ageDays: 91,
      scopes: ["pipeline:read", "pipeline:write", "alerts:read"],
      // A scope it no longer holds is no longer spoken of.
      lastUses: { "pipeline:read": used, "pipeline:write": daysAgo(90.1), "knowledge:read": used },
    });
    const { body } = await (await reader(place))(id);
    expect(body.days).toHaveLength(90);
    expect(body.advice).toEqual({
      windowDays: 90,
      daysOfData: 91,
      unusedScopes: ["pipeline:write", "alerts:read"],
    });
    expect(body.scopes[0]).toEqual({ scope: "pipeline:read", lastUsedAt: used.toISOString() });
    expect(body.scopes[2]).toEqual({ scope: "alerts:read", lastUsedAt: null });
  });

  test("gives no advice before there are 90 days to judge by", async () => {
    const place = await createPlace();
    const id = await createUsedToken(place, { ageDays: 89.9, scopes: ["pipeline:read", "alerts:read"] });
    const { body } = await (await reader(place))(id);
    expect(body.advice).toEqual({ windowDays: 90, daysOfData: 89, unusedScopes: null });
  });

  test("is nothing to another tenant", async () => {
    const read = await reader(await createPlace());
    const foreign = await createUsedToken(await createPlace(), { ageDays: 100, scopes: ["pipeline:read"] });
    expect((await read(foreign)).status).toBe(404);
  });

  test.each(["?days=0", "?days=366", "?days=soon"])("refuses %s naming it", async (query) => {
    const place = await createPlace();
    const id = await createUsedToken(place, { ageDays: 1, scopes: ["pipeline:read"] });
    const answer = await (await reader(place))(id, query);
    expect([answer.status, answer.body.issues[0].path]).toEqual([400, "days"]);
  });
});
