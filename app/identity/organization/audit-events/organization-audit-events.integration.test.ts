import { describe, expect, test } from "vitest";
import * as users from "@/app/identity/users/route";
import * as v1 from "@/app/v1/[...path]/route";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as events from "./route";

const path = "/identity/organization/audit-events";

async function ownerOf(place: Place) {
  const cookie = await sessionCookie(await createMember(place, "owner"));
  return { cookie, headers: { "x-ne-org-id": place.organizationId } };
}

/** A tenant's pipeline, made with a token of that tenant. */
async function makePipeline(place: Place) {
  const token = await createTokenRow(place, { scopes: ["pipeline:write"] });
  const body = { name: "edge", signal: "logs", source: "otlp", destination: "s3://bucket" };
  expect((await call(v1.POST, "/v1/pipelines", { token: token.secret, body })).status).toBe(201);
}

describe("the audit log of an organization", () => {
  test("is of all its tenants and of itself, of no other organization, and can be narrowed to a place", async () => {
    const east = await createPlace();
    const west = await createTenant(east);
    await makePipeline(await createPlace());
    await makePipeline(east);
    await makePipeline(west);
    const owner = await ownerOf(east);
    const added = { email: "new@example.com", name: "New", role: "viewer" };
    expect((await call(users.POST, "/identity/users", { ...owner, body: added })).status).toBe(201);

    const list = async (query: string): Promise<[string, string | null][]> => {
      const { status, body } = await call(events.GET, `${path}?${query}`, owner);
      expect(status).toBe(200);
      return body.items.map((event: { action: string; tenantId: string | null }) => [event.action, event.tenantId]);
    };
    const created = "pipeline.created";
    expect(await list("uses=exclude")).toEqual([
      ["member.added", null],
      [created, west.tenantId],
      [created, east.tenantId],
    ]);
    expect(await list(`uses=exclude&tenant=${west.tenantId}`)).toEqual([[created, west.tenantId]]);
    expect(await list("tenant=none")).toEqual([["member.added", null]]);
    expect(await list("action=token.used")).toHaveLength(2);
  });

  test("streams as an export", async () => {
    const place = await createPlace();
    await makePipeline(place);
    const { cookie, headers } = await ownerOf(place);
    const request = new Request(`http://127.0.0.1:3000${path}`, {
      headers: { ...headers, cookie, accept: "text/csv" },
    });
    const response = await events.GET(request, { params: Promise.resolve(undefined) });
    expect((await response.text()).trimEnd().split("\r\n")).toHaveLength(3);
  });

  test("is closed to whoever holds audit:read in one tenant only, and to tokens of a tenant", async () => {
    const place = await createPlace();
    const member = await createMember(place, "admin", { only: "tenant" });
    const headers = contextOf(place);
    const asAdmin = await call(events.GET, path, { cookie: await sessionCookie(member), headers });
    expect([asAdmin.status, asAdmin.body.scope]).toEqual([403, "audit:read"]);
    const token = await createTokenRow(place, { scopes: ["audit:read"] });
    expect((await call(events.GET, path, { token: token.secret })).status).toBe(403);
  });

  test("takes a place only from its own organization: a foreign tenant's log is empty", async () => {
    const foreign = await createPlace();
    await makePipeline(foreign);
    const { body } = await call(events.GET, `${path}?tenant=${foreign.tenantId}`, await ownerOf(await createPlace()));
    expect(body.items).toEqual([]);
  });
});
