import { describe, expect, test } from "vitest";
import type { RoleId } from "@/lib/access/roles";
import { db } from "@/lib/db/client";
import { call, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as tenants from "./route";

const path = "/identity/organization/tenants";

async function callerOf(place: Place, role: RoleId, options: { only?: "tenant" } = {}) {
  const cookie = await sessionCookie(await createMember(place, role, options));
  return { cookie, headers: { "x-ne-org-id": place.organizationId } };
}

const list = (caller: object, query = "") => call(tenants.GET, path + query, caller);
const create = (caller: object, body: unknown) => call(tenants.POST, path, { ...caller, body });
const minute = 60_000;

describe("an organization's tenants", () => {
  test("are listed by name with their working tokens, page by page, to owners and admins only", async () => {
    const place = await createPlace();
    const west = await createTenant(place, "west");
    await createTenant(await createPlace(), "not ours");
    await createTokenRow(place);
    await createTokenRow(place, { expiresAt: new Date(Date.now() + minute) });
    await createTokenRow(place, { expiresAt: new Date(Date.now() - minute) });
    await createTokenRow(place, { revokedAt: new Date() });
    await createTokenRow(place, { kind: "personal" });
    const admin = await callerOf(place, "admin");
    const first = await list(admin, "?limit=1");
    expect(first.body.items).toMatchObject([{ id: place.tenantId, name: "east", workingTokens: 2 }]);
    const second = await list(admin, `?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ items: [{ id: west.tenantId, workingTokens: 0 }], nextCursor: null });
    expect((await list(await callerOf(place, "editor"))).body.scope).toBe("organization:read");
    expect((await list(await callerOf(place, "owner", { only: "tenant" }))).body.scope).toBe("organization:read");
  });

  test("are created by an owner, on record, and are at once where the owner may act", async () => {
    const place = await createPlace();
    expect((await create(await callerOf(place, "admin"), { name: "north" })).body).toMatchObject({
      error: "insufficient_scope",
      scope: "organization:write",
    });
    const owner = await callerOf(place, "owner");
    const answer = await create(owner, { name: " north " });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ name: "north", workingTokens: 0 });
    const event = await db.auditEvent.findFirstOrThrow({ where: { targetId: answer.body.id } });
    expect(event).toMatchObject({
      ...{ action: "tenant.created", organizationId: place.organizationId, tenantId: null, targetLabel: "north" },
    });
    expect((await list(owner)).body.items.map(({ name }: { name: string }) => name)).toEqual(["east", "north"]);
  });

  test("have names of their own: of ten created at once by one name, one is there", async () => {
    const place = await createPlace();
    const owner = await callerOf(place, "owner");
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(owner, { name: "north" })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.error === "conflict")).toHaveLength(9);
    const where = { organizationId: place.organizationId };
    expect(await db.tenant.count({ where: { ...where, name: "north" } })).toBe(1);
    expect(await db.auditEvent.count({ where: { ...where, action: "tenant.created" } })).toBe(1);
  });

  test("are created by an API token with organization:write only while its creator may", async () => {
    const place = await createPlace();
    const { secret: token, creatorId } = await createTokenRow(place, { scopes: ["organization:write"] });
    expect((await create({ token }, { name: "north" })).status).toBe(201);
    await db.membership.updateMany({ where: { userId: creatorId }, data: { role: "admin" } });
    expect((await create({ token }, { name: "south" })).status).toBe(403);
  });
});
