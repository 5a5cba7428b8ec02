import { describe, expect, test } from "vitest";
import type { RoleId } from "@/lib/access/roles";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as tenant from "./route";

const path = "/identity/tenant";

async function callerOf(place: Place, role: RoleId, options: { only?: "tenant" } = {}) {
  return { cookie: await sessionCookie(await createMember(place, role, options)), headers: contextOf(place) };
}

const read = (caller: object) => call(tenant.GET, path, caller);
const rename = (caller: object, body: unknown) => call(tenant.PATCH, path, { ...caller, method: "PATCH", body });
const nameOf = async ({ tenantId }: Place) => (await db.tenant.findUniqueOrThrow({ where: { id: tenantId } })).name;

describe("the tenant", () => {
  test("is shown to everyone with a role in it, and to nobody else", async () => {
    const place = await createPlace();
    const answer = await read(await callerOf(place, "viewer", { only: "tenant" }));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: place.tenantId, name: "east", organization: { id: place.organizationId } });
    const elsewhere = await createTenant(place);
    const neighbour = await callerOf(elsewhere, "owner", { only: "tenant" });
    expect((await read({ ...neighbour, headers: contextOf(place) })).status).toBe(404);
  });

  test("is renamed by whoever holds tenant:write, on record with the old name", async () => {
    const place = await createPlace();
    expect((await rename(await callerOf(place, "editor"), { name: "north" })).body).toMatchObject({
      error: "insufficient_scope",
      scope: "tenant:write",
    });
    const admin = await callerOf(place, "admin", { only: "tenant" });
    expect((await rename(admin, { name: "  north " })).body).toMatchObject({ id: place.tenantId, name: "north" });
    expect((await rename(admin, { name: "north" })).status).toBe(200);
    const events = await db.auditEvent.findMany({ where: { tenantId: place.tenantId, action: "tenant.updated" } });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ targetId: place.tenantId, targetLabel: "north" });
    expect(events[0]?.details).toEqual({ before: { name: "east" }, after: { name: "north" } });
  });

  test("takes no name that another of its organization has, and no empty or endless one", async () => {
    const place = await createPlace();
    await createTenant(place, "west");
    const admin = await callerOf(place, "admin");
    const taken = await rename(admin, { name: "west" });
    expect([taken.status, taken.body.error]).toEqual([409, "conflict"]);
    expect(taken.body.message).toContain('"west"');
    for (const name of ["", "   ", "a".repeat(81), "a\nb"]) {
      const answer = await rename(admin, { name });
      expect([answer.status, answer.body.issues?.[0]?.path]).toEqual([400, "name"]);
    }
    expect(await nameOf(place)).toBe("east");
    expect((await rename(await callerOf(await createPlace(), "admin"), { name: "west" })).status).toBe(200);
  });

  test("of two that want the same name at once, one gets it", async () => {
    const place = await createPlace();
    const west = await createTenant(place, "west");
    const answers = await Promise.all([
      rename(await callerOf(place, "admin"), { name: "north" }),
      rename(await callerOf(west, "admin"), { name: "north" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const events = await db.auditEvent.count({
      where: { organizationId: place.organizationId, action: "tenant.updated" },
    });
    expect(events).toBe(1);
  });

  test("is renamed by an API token of its own that holds tenant:write", async () => {
    const place = await createPlace();
    const { secret: token } = await createTokenRow(place, { scopes: ["tenant:write"] });
    expect((await rename({ token }, { name: "north" })).status).toBe(200);
    expect(await nameOf(place)).toBe("north");
    expect((await read({ token })).status).toBe(403);
  });
});
