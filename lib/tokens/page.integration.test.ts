import { beforeAll, describe, expect, test } from "vitest";
import * as organizationList from "@/app/identity/organization/tokens/route";
import * as tenantList from "@/app/identity/tokens/route";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTokenRow } from "@/lib/test/fixtures";
import { watchStatements } from "@/lib/test/statements";
import { tokenSorts } from "@/lib/tokens/vocabulary";

const lists = [
  { name: "a tenant's", handler: tenantList.GET, path: "/identity/tokens" },
  { name: "an organization's", handler: organizationList.GET, path: "/identity/organization/tokens" },
] as const;
type List = (typeof lists)[number];

// 12 tokens by two creators, rotated and revoked among them; 9 that work, 4 of these with an expiry and 2 used.
async function prepare() {
  const place = await createPlace();
  const [admin, other] = [await createMember(place, "admin"), await createMember(place, "owner")];
  await db.organization.update({ where: { id: place.organizationId }, data: { plan: "business" } });
  const ids: string[] = [];
  for (let index = 0; index < 12; index++) {
    const { id } = await createTokenRow(place, {
      name: `token ${index}`,
      creatorId: index % 2 === 0 ? admin.id : other.id,
      scopes: ["pipeline:read"],
      ...(index % 3 === 0 ? { expiresAt: new Date(Date.now() + 3_600_000 * (index + 1)) } : {}),
      ...(index % 4 === 1 ? { lastUsedAt: new Date(2026, 0, index + 1) } : {}),
      ...(index === 2 || index === 5 || index === 8 ? { revokedAt: new Date() } : {}),
    });
    ids.push(id);
  }
  const [first, second] = ids;
  await db.token.update({ where: { id: second ?? "" }, data: { rotatedFromId: first ?? null } });
  await db.user.update({ where: { id: other.id }, data: { disabledAt: new Date() } });
  const cookie = await sessionCookie(admin);
  return { ids, other, caller: { headers: contextOf(place), cookie } };
}

describe.each(lists)("$name list of tokens", (list: List) => {
  let watch: Awaited<ReturnType<typeof watchStatements>>;
  let prepared: Awaited<ReturnType<typeof prepare>>;
  beforeAll(async () => {
    prepared = await prepare();
    watch = await watchStatements();
  });
  const page = async (query: Record<string, string>) => {
    const path = `${list.path}?${new URLSearchParams(query)}`;
    const { result, statements } = await watch.during(() => call(list.handler, path, prepared.caller));
    expect(result.status).toBe(200);
    return { ...result.body, statements: statements.length };
  };

  test.each(tokenSorts)("sorted by %s, costs one statement beside the two of the gate", async (sort) => {
    expect(await page({ sort, limit: "1" })).toMatchObject({ items: { length: 1 }, statements: 3 });
  });

  test("costs one statement more where the values end and the empty ones begin, and never another", async () => {
    expect(await page({ sort: "lastUsedAt", limit: "50" })).toMatchObject({ items: { length: 9 }, statements: 4 });
  });

  test.each([
    { q: "token" },
    { scope: "pipeline:read" },
    { violatesPolicy: "true" },
    { overPrivileged: "true" },
    { status: "active,expiring,expired,superseded,revoked" },
  ])("costs no more with the filter %j", async (filter) => {
    expect((await page({ ...filter, limit: "2" })).statements).toBe(3);
  });

  test("says of each token who created and revoked it and what replaced it", async () => {
    const { ids, other } = prepared;
    const { items } = await page({ status: "active,expiring,revoked", sort: "createdAt", order: "asc" });
    const of = (index: number) => items.find(({ id }: { id: string }) => id === ids[index]);
    expect(items).toHaveLength(12);
    expect(of(0)).toMatchObject({ replacedById: ids[1], createdBy: { active: true }, revokedBy: null });
    expect(of(1)).toMatchObject({ rotatedFromId: ids[0], createdBy: { id: other.id, active: false } });
    expect(of(5)).toMatchObject({ status: "revoked", revokedBy: { id: other.id }, replacedById: null });
  });
});
