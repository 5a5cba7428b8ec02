import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPipelineRow, createPlace, createTenant, createTokenRow } from "@/lib/test/fixtures";
import * as v1 from "./route";

const pipeline = { name: "nginx", signal: "logs", source: "filelog", destination: "s3://logs" };
const readWrite = ["pipeline:read", "pipeline:write"] as const;

describe("pipelines over a bearer token", () => {
  test("POST creates, and updates the one of the same name", async () => {
    const place = await createPlace();
    const { secret } = await createTokenRow(place, { scopes: readWrite });
    const first = await call(v1.POST, "/v1/pipelines", { token: secret, body: pipeline });
    const second = await call(v1.POST, "/v1/pipelines", { token: secret, body: { ...pipeline, signal: "traces" } });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toMatchObject({ id: first.body.id, name: "nginx", signal: "traces", enabled: true });
    expect(await db.pipeline.count({ where: place })).toBe(1);
  });

  test("twenty POSTs of one name at once make one pipeline", async () => {
    const place = await createPlace();
    const { secret } = await createTokenRow(place, { scopes: readWrite });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call(v1.POST, "/v1/pipelines", { token: secret, body: pipeline })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    expect(await db.pipeline.count({ where: place })).toBe(1);
  });

  test("GET, PUT and DELETE one", async () => {
    const place = await createPlace();
    const { secret: token } = await createTokenRow(place, { scopes: readWrite });
    const { id } = await createPipelineRow(place);
    const params = { id };
    const replaced = await call(v1.PUT, `/v1/pipelines/${id}`, { token, params, method: "PUT", body: pipeline });
    expect([replaced.status, replaced.body.name]).toEqual([200, "nginx"]);
    expect((await call(v1.GET, `/v1/pipelines/${id}`, { token, params })).body).toEqual(replaced.body);
    expect((await call(v1.DELETE, `/v1/pipelines/${id}`, { token, params, method: "DELETE" })).status).toBe(204);
    expect((await call(v1.GET, `/v1/pipelines/${id}`, { token, params })).status).toBe(404);
  });

  test("PUT to a name that another pipeline has is a conflict", async () => {
    const place = await createPlace();
    const { secret: token } = await createTokenRow(place, { scopes: readWrite });
    await createPipelineRow(place, "nginx");
    const { id } = await createPipelineRow(place);
    const answer = await call(v1.PUT, `/v1/pipelines/${id}`, {
      token,
      params: { id },
      method: "PUT",
      body: pipeline,
    });
    expect([answer.status, answer.body.error]).toEqual([409, "conflict"]);
  });

  test("pages hold every pipeline once, in order", async () => {
    const place = await createPlace();
    const { secret: token } = await createTokenRow(place, { scopes: readWrite });
    for (let index = 0; index < 7; index++) await createPipelineRow(place);
    const names: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await call(v1.GET, `/v1/pipelines?limit=3${cursor && `&cursor=${cursor}`}`, { token });
      expect(page.status).toBe(200);
      names.push(...page.body.items.map(({ name }: { name: string }) => name));
      cursor = page.body.nextCursor;
    }
    expect(new Set(names).size).toBe(7);
    expect(names).toEqual([...names].sort());
  });

  test("a write is on record with its actor, in the same transaction", async () => {
    const place = await createPlace();
    const { secret, id: tokenId, hint } = await createTokenRow(place, { scopes: readWrite });
    const answer = await call(v1.POST, "/v1/pipelines", { token: secret, body: pipeline });
    const event = await db.auditEvent.findFirstOrThrow({ where: { targetId: answer.body.id } });
    expect(event).toMatchObject({
      action: "pipeline.created",
      actorKind: "token",
      actorId: tokenId,
      actorLabel: hint,
      tenantId: place.tenantId,
      correlationId: answer.headers.get("x-correlation-id"),
    });
  });
});

describe("the fence", () => {
  test("a pipeline of another tenant does not exist: not in lists, 404 by id, whatever the method", async () => {
    const east = await createPlace();
    const west = await createTenant(east);
    const { secret: token } = await createTokenRow(west, { scopes: readWrite });
    const { id } = await createPipelineRow(east);
    expect((await call(v1.GET, "/v1/pipelines", { token })).body.items).toEqual([]);
    const absent = randomUUID();
    for (const [method, handler, body] of [
      ["GET", v1.GET, undefined],
      ["PUT", v1.PUT, pipeline],
      ["DELETE", v1.DELETE, undefined],
    ] as const) {
      const options = { token, method, body };
      const foreign = await call(handler, `/v1/pipelines/${id}`, { ...options, params: { id } });
      const missing = await call(handler, `/v1/pipelines/${absent}`, { ...options, params: { id: absent } });
      expect(foreign.status).toBe(404);
      expect({ ...foreign.body, correlationId: "" }).toEqual({ ...missing.body, correlationId: "" });
    }
    expect(await db.pipeline.count({ where: east })).toBe(1);
  });

  test("a token limited to chosen pipelines neither sees nor writes others", async () => {
    const place = await createPlace();
    const mine = await createPipelineRow(place);
    const other = await createPipelineRow(place);
    const { secret: token } = await createTokenRow(place, { scopes: readWrite, resources: { pipelines: [mine.id] } });
    const listed = await call(v1.GET, "/v1/pipelines", { token });
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([mine.id]);
    const params = { id: other.id };
    expect((await call(v1.GET, `/v1/pipelines/${other.id}`, { token, params })).status).toBe(404);
    expect((await call(v1.DELETE, `/v1/pipelines/${other.id}`, { token, params, method: "DELETE" })).status).toBe(404);
    const byName = (name: string) => call(v1.POST, "/v1/pipelines", { token, body: { ...pipeline, name } });
    expect((await byName(mine.name)).status).toBe(200);
    expect((await byName(other.name)).status).toBe(403);
    expect((await byName("brand-new")).status).toBe(403);
  });
});

describe("a session cookie meets the same decision", () => {
  test("an editor reads and writes; a viewer only reads", async () => {
    const place = await createPlace();
    const headers = contextOf(place);
    const editor = await sessionCookie(await createMember(place, "editor"));
    const viewer = await sessionCookie(await createMember(place, "viewer"));
    expect((await call(v1.POST, "/v1/pipelines", { cookie: editor, headers, body: pipeline })).status).toBe(201);
    expect((await call(v1.GET, "/v1/pipelines", { cookie: viewer, headers })).body.items).toHaveLength(1);
    const refused = await call(v1.POST, "/v1/pipelines", { cookie: viewer, headers, body: pipeline });
    expect([refused.status, refused.body.error, refused.body.scope]).toEqual([
      403,
      "insufficient_scope",
      "pipeline:write",
    ]);
  });

  test("names its context, and sees only its own organization's tenants", async () => {
    const place = await createPlace();
    const foreign = await createPlace();
    const cookie = await sessionCookie(await createMember(place, "owner"));
    const unnamed = await call(v1.GET, "/v1/pipelines", { cookie });
    expect([unnamed.status, unnamed.body.error]).toEqual([403, "context_required"]);
    for (const context of [foreign, { ...place, tenantId: foreign.tenantId }, { ...place, tenantId: randomUUID() }])
      expect((await call(v1.GET, "/v1/pipelines", { cookie, headers: contextOf(context) })).status).toBe(404);
  });

  test("a disabled user, an old session version and a forged cookie are out at once", async () => {
    const place = await createPlace();
    const headers = contextOf(place);
    const user = await createMember(place, "owner");
    const cookie = await sessionCookie(user);
    expect((await call(v1.GET, "/v1/pipelines", { cookie, headers })).status).toBe(200);
    await db.user.update({ where: { id: user.id }, data: { sessionVersion: { increment: 1 } } });
    expect((await call(v1.GET, "/v1/pipelines", { cookie, headers })).status).toBe(401);
    const renewed = await sessionCookie({ ...user, sessionVersion: user.sessionVersion + 1 });
    expect((await call(v1.GET, "/v1/pipelines", { cookie: renewed, headers })).status).toBe(200);
    await db.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
    expect((await call(v1.GET, "/v1/pipelines", { cookie: renewed, headers })).status).toBe(401);
    expect((await call(v1.GET, "/v1/pipelines", { cookie: `${renewed}x`, headers })).status).toBe(401);
  });

  test.each([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://evil.example" },
    { origin: "null" },
  ])("a write from another site is refused: %j", async (sentBy) => {
    const place = await createPlace();
    const cookie = await sessionCookie(await createMember(place, "owner"));
    const headers = { ...contextOf(place), ...sentBy };
    const write = await call(v1.POST, "/v1/pipelines", { cookie, headers, body: pipeline });
    expect([write.status, write.body.error]).toEqual([403, "forbidden"]);
    expect(await db.pipeline.count({ where: place })).toBe(0);
    expect((await call(v1.GET, "/v1/pipelines", { cookie, headers })).status).toBe(200);
  });
});
