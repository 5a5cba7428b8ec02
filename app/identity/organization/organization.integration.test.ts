import { describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { call, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as organization from "./route";

const path = "/identity/organization";

async function callerOf(place: Place, role: "owner" | "admin" | "editor", options: { only?: "tenant" } = {}) {
  const cookie = await sessionCookie(await createMember(place, role, options));
  return { cookie, headers: { "x-ne-org-id": place.organizationId } };
}

const read = (caller: object) => call(organization.GET, path, caller);
const rename = (caller: object, body: unknown) => call(organization.PATCH, path, { ...caller, method: "PATCH", body });

describe("the organization", () => {
  test("is shown with all its tenants to owners and admins, to no one else", async () => {
    const place = await createPlace();
    const west = await createTenant(place, "west");
    for (const role of ["owner", "admin"] as const) {
      const answer = await read(await callerOf(place, role));
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ id: place.organizationId, plan: "business" });
      expect(answer.body.tenants).toEqual([
        { id: place.tenantId, name: "east" },
        { id: west.tenantId, name: "west" },
      ]);
    }
    expect((await read(await callerOf(place, "editor"))).body.scope).toBe("organization:read");
    expect((await read(await callerOf(place, "owner", { only: "tenant" }))).body.scope).toBe("organization:read");
    const stranger = await callerOf(await createPlace(), "owner");
    const answer = await read({ ...stranger, headers: { "x-ne-org-id": place.organizationId } });
    expect([answer.status, answer.body.error]).toEqual([404, "not_found"]);
  });

  test("is renamed by an owner only, on record with the old name", async () => {
    const place = await createPlace();
    expect((await rename(await callerOf(place, "admin"), { name: "Globex" })).body).toMatchObject({
      error: "insufficient_scope",
      scope: "organization:write",
    });
    const owner = await callerOf(place, "owner");
    expect((await rename(owner, { name: "  Globex " })).body.name).toBe("Globex");
    expect((await rename(owner, { name: "Globex" })).status).toBe(200);
    const events = await db.auditEvent.findMany({ where: { targetId: place.organizationId } });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      action: "organization.updated",
      organizationId: place.organizationId,
      tenantId: null,
      details: { after: { name: "Globex" } },
    });
  });

  test.each([[{}], [{ name: "" }], [{ name: "x".repeat(81) }], [{ name: "a", plan: "enterprise" }]])(
    "refuses %j",
    async (body) => {
      const place = await createPlace();
      expect((await rename(await callerOf(place, "owner"), body)).status).toBe(400);
      expect(await db.organization.findUnique({ where: { id: place.organizationId } })).toMatchObject({
        plan: "business",
      });
    },
  );

  test("an API token with organization:write renames its own while its creator may", async () => {
    const place = await createPlace();
    const { secret: token, creatorId } = await createTokenRow(place, { scopes: ["organization:write"] });
    expect((await rename({ token }, { name: "Initech" })).status).toBe(200);
    await db.membership.updateMany({ where: { userId: creatorId }, data: { role: "admin" } });
    expect((await rename({ token }, { name: "Hooli" })).status).toBe(403);
  });
});
