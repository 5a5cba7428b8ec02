import { afterEach, describe, expect, test, vi } from "vitest";
import * as v1 from "@/app/v1/[...path]/route";
import { db } from "@/lib/db/client";
import { call } from "@/lib/test/calls";
import { createPlace, createTokenRow } from "@/lib/test/fixtures";

const day = 24 * 60 * 60 * 1000;
const statusOf = async (token: string) => (await call(v1.GET, "/v1/pipelines", { token })).status;

describe("a token that expires", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("works before its expiry and is refused from that instant on", async () => {
    const expiresAt = new Date(Date.now() + day);
    const { id, secret } = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"], expiresAt });
    expect(await statusOf(secret)).toBe(200);
    // Truncated, because the column rounds to milliseconds, which may be up.
    await db.$executeRaw`
      update tokens set expires_at = date_trunc('milliseconds', clock_timestamp()) where id = ${id}::uuid`;
    expect(await statusOf(secret)).toBe(401);
  });

  test("does so by the database's clock, whatever the instance's own says", async () => {
    const place = await createPlace();
    const make = async (expiresAt: Date) =>
      (await createTokenRow(place, { scopes: ["pipeline:read"], expiresAt })).secret;
    const working = await make(new Date(Date.now() + day));
    const expired = await make(new Date(Date.now() - day));
    for (const skew of [-3 * day, 3 * day]) {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + skew });
      expect([await statusOf(working), await statusOf(expired)]).toEqual([200, 401]);
      vi.useRealTimers();
    }
  });
});
