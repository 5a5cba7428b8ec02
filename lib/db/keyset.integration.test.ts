import { expect, test } from "vitest";
import { createMember, createPlace, createTokenRow } from "@/lib/test/fixtures";
import { db } from "./client";
import { cursorTime, keysetPage } from "./keyset";

test.each(["asc", "desc"] as const)(
  "pages lead through every row once and back again, empty values last, in %s order",
  async (order) => {
    const place = await createPlace();
    const { id: creatorId } = await createMember(place, "owner");
    for (let index = 0; index < 11; index++)
      await createTokenRow(place, {
        creatorId,
        ...(index % 2 === 0 ? { lastUsedAt: new Date(2026, 0, 1 + (index % 3)) } : {}),
      });
    const page = (limit: number, cursor: string | null) =>
      keysetPage({
        ...{ sort: "lastUsedAt", order, limit, nullable: true, cursor: cursor ?? undefined },
        valueOf: (row: { id: string; lastUsedAt: Date | null }) => row.lastUsedAt?.toISOString() ?? null,
        parse: cursorTime,
        fetch: ({ where, orderBy, take }) =>
          db.token.findMany({ where: { AND: [place, where] }, orderBy, take, select: { id: true, lastUsedAt: true } }),
      });
    const { items: all } = await page(20, null);
    expect(new Set(all.map(({ id }) => id)).size).toBe(11);
    const times = all.map(({ lastUsedAt }) => lastUsedAt?.getTime() ?? null);
    const used = times.filter((time) => time !== null);
    expect(used).toEqual(used.toSorted((one, other) => (order === "asc" ? one - other : other - one)));
    expect(times.slice(used.length).every((time) => time === null)).toBe(true);

    for (const limit of [1, 2, 3, 5]) {
      const there: string[] = [];
      const back: string[] = [];
      let last = await page(limit, null);
      for (
        let next: typeof last | null = last;
        next;
        next = next.nextCursor ? await page(limit, next.nextCursor) : null
      ) {
        last = next;
        there.push(...next.items.map(({ id }) => id));
      }
      for (
        let next: typeof last | null = last;
        next;
        next = next.previousCursor ? await page(limit, next.previousCursor) : null
      )
        back.unshift(...next.items.map(({ id }) => id));
      expect(there).toEqual(all.map(({ id }) => id));
      expect(back).toEqual(there);
    }
  },
);
