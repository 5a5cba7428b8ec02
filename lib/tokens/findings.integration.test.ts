import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { allScopes } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import type { TokenPolicy } from "@/lib/policy/schema";
import { policyViolations } from "@/lib/policy/violations";
import { createMember, createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { tokenConditions } from "./conditions";
import { idsViolating, idsWithFinding } from "./findings";

const day = 24 * 60 * 60 * 1000;
const now = new Date("2027-03-29T10:00:00Z");
const ago = (days: number) => new Date(now.getTime() - days * day);

const ranges = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "10.1.2.3/16", "0.0.0.0/0", "203.0.113.7", "2001:db8::/32"];
const moreRanges = [...ranges, "2001:db8:1::1", "::/0", "::ffff:10.1.2.3", "::ffff:0:0/96"];

// Steps of a day on either side of each limit, and the limits themselves.
const days = fc.integer({ min: 1, max: 4 });
const policy: fc.Arbitrary<TokenPolicy> = fc.record({
  maxLifetimeDays: fc.option(days),
  neverExpiresAllowed: fc.boolean(),
  defaultLifetimeDays: fc.constant(1),
  idleRevocationDays: fc.option(days),
  requiredCidrs: fc.subarray(moreRanges, { maxLength: 2 }),
  maxWorkingTokens: fc.constant(null),
  fullAccessAllowed: fc.boolean(),
  tokensMayCreateTokens: fc.boolean(),
});
const offset = fc.tuple(fc.integer({ min: -1, max: 5 }), fc.constantFrom(-1, 0, 1));
const token = fc.record({
  createdDaysAgo: fc.integer({ min: 0, max: 5 }),
  lifetime: fc.option(offset),
  usedDaysAgo: fc.option(offset),
  scopes: fc.constantFrom(["pipeline:read"], [...allScopes], allScopes.slice(1)),
  allowedCidrs: fc.subarray(moreRanges, { maxLength: 2 }),
  revoked: fc.boolean(),
});
type TokenSpec = typeof token extends fc.Arbitrary<infer T> ? T : never;

describe("violatesPolicy", () => {
  let place: Place;
  let creatorId: string;
  beforeAll(async () => {
    place = await createPlace();
    creatorId = (await createMember(place, "owner")).id;
  });

  test("the SQL finds the tokens that the pure rules find, of the saved policy and of a proposed one", async () => {
    await fc.assert(
      fc.asyncProperty(policy, fc.array(token, { minLength: 1, maxLength: 12 }), async (proposed, specs) => {
        await db.token.deleteMany({ where: { tenantId: place.tenantId } });
        const made = await Promise.all(specs.map((spec) => make(spec)));
        const expected = made
          .filter((row) => row.revokedAt === null && (row.expiresAt === null || row.expiresAt > now))
          .filter((row) => policyViolations(proposed, row, now).length > 0)
          .map(({ id }) => id)
          .sort();
        await db.tenant.update({ where: { id: place.tenantId }, data: proposed });
        expect(await idsViolating(place, proposed, now)).toEqual(expected);
        expect(await idsWithFinding(place, "violatesPolicy", now)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  async function make(spec: TokenSpec) {
    const createdAt = ago(spec.createdDaysAgo);
    const { id } = await createTokenRow(place, {
      creatorId,
      expiresAt:
        spec.lifetime && new Date(createdAt.getTime() + Math.max(spec.lifetime[0], 0) * day + spec.lifetime[1] + 1),
      ...(spec.usedDaysAgo ? { lastUsedAt: new Date(ago(spec.usedDaysAgo[0]).getTime() + spec.usedDaysAgo[1]) } : {}),
      ...(spec.revoked ? { revokedAt: now } : {}),
    });
    const { scopes, allowedCidrs } = spec;
    return db.token.update({ where: { id }, data: { createdAt, scopes: [...scopes], allowedCidrs } });
  }
});

describe("unusedSince", () => {
  test("is neither used nor created from then on: a token of yesterday was not idle for long", async () => {
    const place = await createPlace();
    const make = async (createdDaysAgo: number, usedDaysAgo: number | null) => {
      const { id } = await createTokenRow(place, usedDaysAgo === null ? {} : { lastUsedAt: ago(usedDaysAgo) });
      await db.token.update({ where: { id }, data: { createdAt: ago(createdDaysAgo) } });
      return id;
    };
    const never = await make(91, null);
    const longAgo = await make(200, 91);
    await make(200, 89);
    await make(89, null);
    const conditions = tokenConditions(place, { unusedSince: ago(90).toISOString() }, now);
    const found = await db.$queryRaw<{ id: string }[]>`select t.id from tokens t where ${conditions}`;
    expect(found.map(({ id }) => id).sort()).toEqual([never, longAgo].sort());
  });
});

describe("overPrivileged", () => {
  test("is an old token with a scope it did not use of late", async () => {
    const place = await createPlace();
    const old = { scopes: ["pipeline:read", "metrics:read"] as const };
    const make = async (createdDaysAgo: number, uses: Record<string, number>) => {
      const { id } = await createTokenRow(place, old);
      await db.token.update({ where: { id }, data: { createdAt: ago(createdDaysAgo) } });
      await db.tokenScopeUse.createMany({
        data: Object.entries(uses).map(([scope, days]) => ({ tokenId: id, scope, lastUsedAt: ago(days) })),
      });
      return id;
    };
    const unused = await make(91, {});
    const partly = await make(91, { "pipeline:read": 1 });
    const longAgo = await make(200, { "pipeline:read": 1, "metrics:read": 91 });
    await make(91, { "pipeline:read": 1, "metrics:read": 89 });
    await make(89, {});
    expect(await idsWithFinding(place, "overPrivileged", now)).toEqual([unused, partly, longAgo].sort());
  });

  test("is looked for in one tenant or in all of the organization, and never beyond", async () => {
    const place = await createPlace();
    const sibling = await db.tenant.create({ data: { organizationId: place.organizationId, name: "west" } });
    const west = { ...place, tenantId: sibling.id };
    const elsewhere = await createPlace();
    const [here, there] = await Promise.all(
      [place, west, elsewhere].map(async (at) => {
        const { id } = await createTokenRow(at, { scopes: ["pipeline:read"] });
        await db.token.update({ where: { id }, data: { createdAt: ago(100) } });
        return id;
      }),
    );
    expect(await idsWithFinding(place, "overPrivileged", now)).toEqual([here]);
    expect(await idsWithFinding({ ...place, tenantId: null }, "overPrivileged", now)).toEqual([here, there].sort());
  });
});
