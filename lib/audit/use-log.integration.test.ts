import { describe, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import type { Env } from "@/lib/env";
import { beginHolding } from "@/lib/test/databases";
import { createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { type TokenUse, tokenUseLog } from "./token-use";

const origin = { correlationId: "0".repeat(32), method: "GET", path: "/", address: "203.0.113.9", userAgent: null };

async function useIn(place: Place, more: Partial<TokenUse> = {}): Promise<TokenUse> {
  const { id, hint } = await createTokenRow(place);
  const due = performance.now() + 60_000;
  return { token: { id, hint, ...place }, place, origin, scope: null, status: 200, refusal: null, due, ...more };
}

const isOnRecord = ({ token }: TokenUse) => db.auditEvent.count({ where: { targetId: token.id } });
const lastUse = async ({ token }: TokenUse) =>
  (await db.token.findUniqueOrThrow({ where: { id: token.id }, select: { lastUsedAt: true } })).lastUsedAt;

describe("ACCESS_LOG=buffered", () => {
  test("has a use, working or refused, on record within about a second", async () => {
    const place = await createPlace();
    const uses = tokenUseLog("buffered");
    const [worked, refused] = [await useIn(place), await useIn(place, { status: 401, refusal: "expired" })];
    await Promise.all([uses.record(worked), uses.record(refused)]);
    await vi.waitFor(async () => expect([await isOnRecord(worked), await isOnRecord(refused)]).toEqual([1, 1]), 2000);
    expect(await lastUse(worked)).not.toBeNull();
    expect(await lastUse(refused)).toBeNull();
  });

  test("has everything on record at the end of the process", async () => {
    const place = await createPlace();
    const uses = tokenUseLog("buffered");
    const use = await useIn(place);
    for (let call = 0; call < 2500; call++) await uses.record(use);
    await uses.flush();
    expect(await isOnRecord(use)).toBe(2500);
  });

  test("keeps the uses of a tenant whose log is held until it is free, and no call or other tenant waits", async () => {
    const [held, free] = [await createPlace(), await createPlace()];
    const uses = tokenUseLog("buffered");
    const [waiting, other] = [await useIn(held), await useIn(free)];
    const holder = await pool.connect();
    await holder.query(beginHolding);
    await holder.query("select from tokens where id = $1 for update", [waiting.token.id]);
    await Promise.all([uses.record(waiting), uses.record(other)]);
    await vi.waitFor(async () => expect(await isOnRecord(other)).toBe(1), 2000);
    expect(await isOnRecord(waiting)).toBe(0);
    await holder.query("commit");
    holder.release();
    await uses.flush();
    expect([await isOnRecord(waiting), await isOnRecord(other)]).toEqual([1, 1]);
  });
});

test.each<[Env["ACCESS_LOG"], number]>([
  ["durable", 1],
  ["off", 0],
])("ACCESS_LOG=%s has %i events on record once the call may be answered", async (mode, events) => {
  const use = await useIn(await createPlace());
  const uses = tokenUseLog(mode);
  await uses.record(use);
  await uses.flush();
  expect(await isOnRecord(use)).toBe(events);
  expect((await lastUse(use)) === null).toBe(events === 0);
});
