import { afterEach, describe, expect, test, vi } from "vitest";
import { log } from "@/lib/log";
import { createUseLog } from "./use-log";

afterEach(() => vi.restoreAllMocks());

/** A buffer over a database that can be away. */
function buffer(maxKept: number) {
  const database = { isAway: true, recorded: [] as number[] };
  const recordSome = async (uses: readonly number[]) => {
    if (database.isAway) throw new Error("away");
    database.recorded.push(...uses);
    return [];
  };
  const recordNow = async () => expect.fail("nobody waits for a buffered use");
  return { database, uses: createUseLog("buffered", { recordNow, recordSome, maxKept }) };
}

describe("buffered uses, while the database is away", () => {
  test("are kept, and recorded once each, in order, when it is back", async () => {
    const error = vi.spyOn(log, "error");
    const { database, uses } = buffer(10_000);
    const given = Array.from({ length: 2500 }, (_, index) => index);
    for (const use of given) await uses.record(use);
    const flushed = uses.flush();
    await vi.waitFor(() => expect(error).toHaveBeenCalledOnce());
    database.isAway = false;
    await flushed;
    expect(database.recorded).toEqual(given);
  });

  test("are bounded: beyond that the oldest are dropped, and the log says how many", async () => {
    const fatal = vi.spyOn(log, "fatal");
    const { database, uses } = buffer(100);
    for (let use = 0; use < 250; use++) await uses.record(use);
    database.isAway = false;
    await uses.flush();
    expect(database.recorded.at(-1)).toBe(249);
    expect(database.recorded.length).toBeLessThanOrEqual(100);
    expect(fatal.mock.calls).toEqual([[{ uses: 250 - database.recorded.length }, expect.any(String)]]);
  });
});
