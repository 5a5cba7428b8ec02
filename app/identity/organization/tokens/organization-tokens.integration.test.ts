import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { createLoader } from "nuqs/server";
import { describe, expect, test } from "vitest";
import * as pipelines from "@/app/v1/[...path]/route";
import {
  filtersOfCount,
  organizationTokenFilterOf,
  organizationTokenParams,
  serializeOrganizationTokens,
} from "@/components/organization/tokens-params";
import type { Scope } from "@/lib/access/scopes";
import { allScopes } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { type CallOptions, call, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { type TokenCount, tokenCounts } from "@/lib/tokens/organization-schema";
import * as revoke from "./revoke/route";
import * as list from "./route";
import * as summary from "./summary/route";

const path = "/identity/organization/tokens";
const dayMilliseconds = 24 * 60 * 60 * 1000;

type Caller = Pick<CallOptions, "cookie" | "headers" | "token">;

async function callerOf(
  place: Place,
  role: "owner" | "admin" | "editor" | "viewer",
  options: { only?: "tenant" } = {},
) {
  const cookie = await sessionCookie(await createMember(place, role, options));
  return { cookie, headers: { "x-ne-org-id": place.organizationId } };
}

const summaryFor = (caller: Caller) => call(summary.GET, `${path}/summary`, caller);
const revokeAs = (caller: Caller, body: object) => call(revoke.POST, `${path}/revoke`, { ...caller, body });
const listFor = (caller: Caller, query: Record<string, string> = {}) =>
  call(list.GET, `${path}?${new URLSearchParams(query)}`, caller);

/** Two tenants of one organization, a third organization's, and a token in each. */
async function threeTenants() {
  const east = await createPlace();
  const west = await createTenant(east, "west");
  const elsewhere = await createPlace();
  const options = { scopes: ["pipeline:read"] as const };
  const [inEast, inWest, foreign] = await Promise.all(
    [east, west, elsewhere].map((place) => createTokenRow(place, options)),
  );
  if (!inEast || !inWest || !foreign) throw new Error("three tokens were made");
  return { east, west, elsewhere, inEast, inWest, foreign };
}

describe("the tokens of an organization", () => {
  test("are those of all its tenants and of no other's, each with its tenant", async () => {
    const { east, west, elsewhere, inEast, inWest, foreign } = await threeTenants();
    const personal = await createTokenRow(east, { kind: "personal" });
    for (const role of ["admin", "viewer"] as const) {
      const answer = await listFor(await callerOf(east, role), { sort: "name" });
      expect(answer.status).toBe(200);
      const shown = answer.body.items.map(({ id, tenant }: { id: string; tenant: unknown }) => ({ id, tenant }));
      expect(shown).toHaveLength(2);
      expect(shown).toEqual(
        expect.arrayContaining([
          { id: inEast.id, tenant: { id: east.tenantId, name: "east" } },
          { id: inWest.id, tenant: { id: west.tenantId, name: "west" } },
        ]),
      );
      expect(JSON.stringify(answer.body)).not.toMatch(new RegExp(`hash|${foreign.id}|${personal.id}`));
    }
    const admin = await callerOf(east, "admin");
    expect((await listFor(admin, { tenant: west.tenantId.toUpperCase() })).body.items).toMatchObject([
      { id: inWest.id },
    ]);
    expect((await listFor(admin, { tenant: elsewhere.tenantId })).body.items).toEqual([]);
    expect((await listFor(admin, { tenant: elsewhere.tenantId, violatesPolicy: "true" })).body.items).toEqual([]);
    expect((await listFor(admin, { tenant: "west" })).body.issues).toMatchObject([{ path: "tenant" }]);
    const { body } = await summaryFor(admin);
    expect(body).toMatchObject({ complete: true, total: { working: 2, neverExpires: 2 } });
    expect(body.tenants).toMatchObject([
      { id: east.tenantId, name: "east", counts: { working: 1 } },
      { id: west.tenantId, name: "west", counts: { working: 1 } },
    ]);
  });

  test("are for those whose role is in the whole organization, and for no API token", async () => {
    const { east, inEast } = await threeTenants();
    const owner = await createMember(east, "owner");
    const personal = await createTokenRow(east, { kind: "personal", creatorId: owner.id });
    const headers = { "x-ne-org-id": east.organizationId };
    expect((await summaryFor({ token: personal.secret, headers })).status).toBe(200);
    const api = await createTokenRow(east, { scopes: allScopes, creatorId: owner.id });
    const refused: [Caller, Scope][] = [
      [await callerOf(east, "owner", { only: "tenant" }), "token:read"],
      [{ token: api.secret }, "token:read"],
    ];
    for (const [caller, scope] of refused) {
      for (const answer of [await listFor(caller), await summaryFor(caller)])
        expect([answer.status, answer.body.error, answer.body.scope]).toEqual([403, "insufficient_scope", scope]);
      const answer = await revokeAs(caller, { ids: [inEast.id], reason: "unused" });
      expect([answer.status, answer.body.error, answer.body.scope]).toEqual([403, "insufficient_scope", "token:write"]);
    }
    const editor = await callerOf(east, "editor");
    expect((await listFor(editor)).status).toBe(200);
    expect((await revokeAs(editor, { ids: [inEast.id], reason: "unused" })).status).toBe(403);
    const stranger = await callerOf(await createPlace(), "owner");
    expect((await summaryFor({ ...stranger, headers })).status).toBe(404);
    expect(await db.token.count({ where: { id: inEast.id, revokedAt: null } })).toBe(1);
  });
});

describe("revoking throughout an organization", () => {
  test("reaches every tenant, never another organization, and is on record in each token's own tenant", async () => {
    const { east, west, inEast, inWest, foreign } = await threeTenants();
    const admin = await callerOf(east, "admin");
    const ids = [inEast.id, inWest.id, foreign.id];
    const outcomes = [
      { id: inEast.id, outcome: "revoked", hint: inEast.hint },
      { id: inWest.id, outcome: "revoked", hint: inWest.hint },
      { id: foreign.id, outcome: "not_found" },
    ];
    const dry = await revokeAs(admin, { ids, reason: "offboarding", dryRun: true });
    expect(dry.body).toMatchObject({ dryRun: true, results: outcomes });
    expect(await db.token.count({ where: { id: { in: ids }, revokedAt: null } })).toBe(3);
    expect((await revokeAs(admin, { ids, reason: "offboarding" })).body).toMatchObject({
      dryRun: false,
      results: outcomes,
    });
    const status = async ({ secret: token }: { secret: string }) =>
      (await call(pipelines.GET, "/v1/pipelines", { token })).status;
    expect(await Promise.all([inEast, inWest, foreign].map(status))).toEqual([401, 401, 200]);
    const events = await db.auditEvent.findMany({ where: { action: "token.revoked", targetId: { in: ids } } });
    expect(events).toHaveLength(2);
    for (const [place, token] of [[east, inEast] as const, [west, inWest] as const])
      expect(events).toContainEqual(expect.objectContaining({ ...place, targetId: token.id, reason: "offboarding" }));
    expect((await revokeAs(admin, { ids: [inEast.id], reason: "unused" })).body.results).toMatchObject([
      { outcome: "already_revoked" },
    ]);
  });

  test("by filter takes what the list with that filter shows", async () => {
    const { east, west, elsewhere, inEast, inWest } = await threeTenants();
    const admin = await callerOf(east, "admin");
    const byFilter = async (filter: object) =>
      (await revokeAs(admin, { filter, reason: "unused", dryRun: true })).body.results.map(
        ({ id }: { id: string }) => id,
      );
    expect(await byFilter({})).toEqual([inEast.id, inWest.id].sort());
    expect(await byFilter({ tenant: west.tenantId })).toEqual([inWest.id]);
    expect(await byFilter({ tenant: elsewhere.tenantId })).toEqual([]);
    expect(await byFilter({ neverExpires: true, tenant: east.tenantId })).toEqual([inEast.id]);
    expect((await revokeAs(admin, { filter: { nonsense: 1 }, reason: "unused" })).status).toBe(400);
    expect((await revokeAs(admin, { reason: "unused" })).status).toBe(400);
  });

  test("many at once, here and in its tenants, wait for nobody for ever: each token is revoked once", async () => {
    const east = await createPlace();
    const west = await createTenant(east, "west");
    const creatorId = (await createMember(east, "owner")).id;
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, index) => createTokenRow(index % 2 === 0 ? east : west, { creatorId })),
    );
    const ids = tokens.map(({ id }) => id);
    const admin = await callerOf(east, "admin");
    const answers = await Promise.all(
      [ids, [...ids].reverse(), ids, [...ids].reverse()].map((some) =>
        revokeAs(admin, { ids: some, reason: "unused" }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const outcomes = answers.flatMap(({ body }) => body.results).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "revoked")).toHaveLength(20);
    expect(await db.auditEvent.count({ where: { action: "token.revoked", targetId: { in: ids } } })).toBe(20);
  });
});

// Half days keep every time clear of the whole days that the rules count in.
const daysAgo = fc.integer({ min: 0, max: 130 }).map((days) => days + 0.5);
const tokenSpec = fc.record({
  tenant: fc.integer({ min: 0, max: 2 }),
  created: daysAgo,
  expires: fc.option(fc.integer({ min: -20, max: 120 }).map((days) => days + 0.5)),
  used: fc.option(daysAgo),
  revoked: fc.option(daysAgo, { freq: 3 }),
  superseded: fc.boolean(),
  scopes: fc.subarray<Scope>(["pipeline:read", "metrics:read", "metrics:write"], { minLength: 1 }),
  scopeUsed: fc.option(daysAgo),
  address: fc.constantFrom<string[]>([], ["10.1.2.3"], ["192.0.2.1"]),
});
const policySpec = fc.record({
  maxLifetimeDays: fc.option(fc.integer({ min: 1, max: 200 })),
  neverExpiresAllowed: fc.boolean(),
  idleRevocationDays: fc.option(fc.integer({ min: 1, max: 120 })),
  requiredCidrs: fc.constantFrom<string[]>([], ["10.0.0.0/8"]),
});

// Something of every count, whatever the random ones bring.
const idle: typeof tokenSpec extends fc.Arbitrary<infer Spec> ? Spec : never = {
  ...{ tenant: 0, created: 100.5, expires: null, used: null, revoked: null, superseded: false },
  ...{ scopes: ["pipeline:read"], scopeUsed: null, address: [] },
};
const someOfEach = [idle, { ...idle, expires: 7.5 }, { ...idle, revoked: 3.5 }];
const noneForever = { maxLifetimeDays: null, neverExpiresAllowed: false, idleRevocationDays: null, requiredCidrs: [] };

describe("the summary", () => {
  test("counts what the list of each count shows, in all and per tenant", async () => {
    const east = await createPlace();
    const places = [east, await createTenant(east, "north"), await createPlace()];
    const admin = await callerOf(east, "admin");
    const createdById = (await createMember(east, "owner")).id;
    const seen = new Map<TokenCount, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(policySpec, { minLength: 2, maxLength: 2 }),
        fc.array(tokenSpec, { minLength: 10, maxLength: 40 }),
        async (policies, specs) => {
          await db.token.deleteMany({ where: { createdById } });
          for (const [index, policy] of policies.entries())
            await db.tenant.update({ where: { id: places[index]?.tenantId ?? "" }, data: policy });
          await makeTokens(specs, places, createdById);
          const { body } = await summaryFor(admin);
          for (const count of tokenCounts) {
            const listed = await everyTenantOf(admin, count);
            seen.set(count, (seen.get(count) ?? 0) + listed.length);
            expect([count, body.total[count]]).toEqual([count, listed.length]);
            for (const { id, counts } of body.tenants)
              expect([count, counts[count]]).toEqual([count, listed.filter((tenantId) => tenantId === id).length]);
          }
        },
      ),
      { numRuns: 8, examples: [[[noneForever, noneForever], someOfEach]] },
    );
    for (const count of tokenCounts) expect([count, seen.get(count)]).not.toEqual([count, 0]);
  });
});

async function makeTokens(
  specs: readonly (typeof tokenSpec extends fc.Arbitrary<infer Spec> ? Spec : never)[],
  places: readonly Place[],
  createdById: string,
): Promise<void> {
  const at = (days: number) => new Date(Date.now() - days * dayMilliseconds);
  const rows = specs.map((spec) => ({
    ...(places[spec.tenant] ?? { organizationId: "", tenantId: "" }),
    ...{ id: randomUUID(), name: "some token", hint: "pxt_…0000", hash: randomBytes(32), createdById },
    ...{ scopes: spec.scopes, requestedScopes: spec.scopes, allowedCidrs: spec.address },
    createdAt: at(spec.created),
    expiresAt: spec.expires === null ? null : at(-spec.expires),
    lastUsedAt: spec.used === null ? null : at(spec.used),
    supersededAt: spec.superseded ? at(0) : null,
    ...(spec.revoked === null ? {} : { revokedAt: at(spec.revoked), revokedReason: "unused" as const }),
  }));
  await db.token.createMany({ data: rows });
  await db.tokenScopeUse.createMany({
    data: specs.flatMap(({ scopeUsed, scopes }, index) => {
      const [scope] = scopes;
      const tokenId = rows[index]?.id;
      return scopeUsed === null || !scope || !tokenId ? [] : [{ tokenId, scope, lastUsedAt: at(scopeUsed) }];
    }),
  });
}

const stateOf = createLoader(organizationTokenParams);

/** The tenant of every token that the list of a count shows, read page by page. */
async function everyTenantOf(caller: Caller, count: TokenCount): Promise<string[]> {
  // From the link of the card, as the page reads it.
  const state = stateOf(serializeOrganizationTokens("http://localhost/", filtersOfCount[count]));
  const filter = organizationTokenFilterOf(state, Date.now());
  const { status, neverExpires, violatesPolicy, overPrivileged, ...times } = filter;
  const query = {
    limit: "25",
    ...(status ? { status: status.join(",") } : {}),
    ...(neverExpires ? { neverExpires: "true" } : {}),
    ...(violatesPolicy ? { violatesPolicy: "true" } : {}),
    ...(overPrivileged ? { overPrivileged: "true" } : {}),
    ...Object.fromEntries(Object.entries(times).map(([name, value]) => [name, String(value)])),
  };
  const tenants: string[] = [];
  let cursor: string | null = null;
  do {
    const answer = await listFor(caller, { ...query, ...(cursor === null ? {} : { cursor }) });
    tenants.push(...answer.body.items.map((item: { tenant: { id: string } }) => item.tenant.id));
    cursor = answer.body.nextCursor;
  } while (cursor !== null);
  return tenants;
}
