import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as pipelines from "@/app/v1/[...path]/route";
import { allScopes } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import {
  createMember,
  createPipelineRow,
  createPlace,
  createTenant,
  createTokenRow,
  type Place,
} from "@/lib/test/fixtures";
import * as item from "./[id]/route";
import * as revoke from "./revoke/route";
import * as list from "./route";
import * as self from "./self/route";

const path = "/identity/tokens";
const day = 24 * 60 * 60 * 1000;

async function adminOf(place: Place) {
  const cookie = await sessionCookie(await createMember(place, "admin", { name: "Ada Admin" }));
  return { cookie, headers: contextOf(place) };
}

describe("issuing a token", () => {
  test("shows the secret once; the database holds its SHA-256 only, and the token works", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const created = await call(list.POST, path, { ...admin, body: { name: "CI", permissionSet: "read-only" } });
    expect(created.status).toBe(201);
    const { token, secret } = created.body;
    expect(secret).toMatch(/^pxt_[0-9A-Za-z]{38}$/);
    expect(token).toMatchObject({
      kind: "api",
      name: "CI",
      hint: `pxt_…${secret.slice(-4)}`,
      permissionSet: "read-only",
      scopes: ["pipeline:read", "collector:read", "metrics:read"],
      status: "active",
      createdBy: { name: "Ada Admin", active: true },
      lastUsedAt: null,
    });
    expect(Date.parse(token.expiresAt) - Date.parse(token.createdAt)).toBeCloseTo(90 * day, -4);
    expect((await call(pipelines.GET, "/v1/pipelines", { token: secret })).status).toBe(200);
    const read = await call(item.GET, `${path}/${token.id}`, { ...admin, params: { id: token.id } });
    const dump = JSON.stringify([
      await db.token.findMany({ where: place, omit: { hash: true } }),
      await db.auditEvent.findMany({ where: { tenantId: place.tenantId }, omit: { sequence: true } }),
      read.body,
    ]);
    expect(dump).not.toContain(secret);
    expect(JSON.stringify(read.body)).not.toContain("hash");
  });

  test("expands wildcards to a snapshot", async () => {
    const place = await createPlace();
    const body = { name: "reader", scopes: ["*:read"], expiresAt: null };
    const { body: created } = await call(list.POST, path, { ...(await adminOf(place)), body });
    expect(created.token.scopes).toEqual(allScopes.filter((scope) => scope.endsWith(":read")));
    expect(created.token.expiresAt).toBeNull();
    const row = await db.token.findUniqueOrThrow({ where: { id: created.token.id } });
    expect(row.requestedScopes).toEqual(["*:read"]);
    expect(created.token.newerScopes).toEqual([]);
  });

  test("later additions to the catalogue are not granted silently, and are named", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const bySet = await createTokenRow(place, { scopes: ["pipeline:read", "metrics:read"] });
    await db.token.update({ where: { id: bySet.id }, data: { permissionSet: "read-only" } });
    const byWildcard = await createTokenRow(place, { scopes: ["pipeline:read"] });
    await db.token.update({ where: { id: byWildcard.id }, data: { requestedScopes: ["pipeline:*"] } });
    const newer = async (id: string) =>
      (await call(item.GET, `${path}/${id}`, { ...admin, params: { id } })).body.newerScopes;
    expect(await newer(bySet.id)).toEqual(["collector:read"]);
    expect(await newer(byWildcard.id)).toEqual(["pipeline:write"]);
  });

  test("cannot grant what its creator does not hold: 403 naming missingScopes", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    for (const grant of [{ permissionSet: "full-access" }, { scopes: ["*:*"] }, { scopes: ["organization:write"] }]) {
      const answer = await call(list.POST, path, { ...admin, body: { name: "too much", ...grant } });
      expect([answer.status, answer.body.error]).toEqual([403, "insufficient_scope"]);
      expect(answer.body.missingScopes).toEqual(["organization:write"]);
    }
    expect(await db.token.count({ where: place })).toBe(0);
  });

  test.each([
    [{}, ["name", "permissionSet"]],
    [{ name: "   ", permissionSet: "read-only" }, ["name"]],
    [{ name: "x".repeat(81), permissionSet: "read-only" }, ["name"]],
    [{ name: "a\u0007", permissionSet: "read-only" }, ["name"]],
    [{ name: "x", permissionSet: "everything" }, ["permissionSet"]],
    [{ name: "x", permissionSet: "read-only", scopes: ["pipeline:read"] }, ["scopes"]],
    [{ name: "x", scopes: [] }, ["scopes"]],
    [{ name: "x", scopes: ["pipeline:read", "pipeline:delete"] }, ["scopes.1"]],
    [{ name: "x", permissionSet: "ingest-only" }, ["resources.datasets"]],
    [{ name: "x", permissionSet: "read-only", expiresAt: "tomorrow" }, ["expiresAt"]],
    [{ name: "x", permissionSet: "read-only", expiresAt: "2020-01-01T00:00:00Z" }, ["expiresAt"]],
    [{ name: "x", permissionSet: "read-only", tenantId: randomUUID() }, ["tenantId"]],
    [{ name: "x", permissionSet: "read-only", createdById: randomUUID() }, ["createdById"]],
    [{ name: "x", permissionSet: "read-only", resources: { pipelines: [randomUUID()] } }, ["resources.pipelines.0"]],
  ])("refuses %j naming the field", async (body, paths) => {
    const place = await createPlace();
    const answer = await call(list.POST, path, { ...(await adminOf(place)), body });
    expect([answer.status, answer.body.error]).toEqual([400, "invalid_request"]);
    expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toEqual(paths);
    for (const issue of answer.body.issues) expect(issue.message).not.toBe("");
  });

  test("a pipeline of another tenant is no limit to choose", async () => {
    const place = await createPlace();
    const foreign = await createPipelineRow(await createTenant(place));
    const body = { name: "x", permissionSet: "read-only", resources: { pipelines: [foreign.id] } };
    expect((await call(list.POST, path, { ...(await adminOf(place)), body })).status).toBe(400);
  });

  test("a viewer and an editor cannot; a token can only where the tenant's policy allows it", async () => {
    const place = await createPlace();
    const body = { name: "child", scopes: ["pipeline:read"] };
    for (const role of ["viewer", "editor"] as const) {
      const cookie = await sessionCookie(await createMember(place, role));
      const answer = await call(list.POST, path, { cookie, headers: contextOf(place), body });
      expect([answer.status, answer.body.scope]).toEqual([403, "token:write"]);
    }
    const { secret: token, creatorId } = await createTokenRow(place, { scopes: ["token:write", "pipeline:read"] });
    const refused = await call(list.POST, path, { token, body });
    expect([refused.status, refused.body.error]).toEqual([403, "forbidden"]);
    await db.tenant.update({ where: { id: place.tenantId }, data: { tokensMayCreateTokens: true } });
    const created = await call(list.POST, path, { token, body });
    expect([created.status, created.body.token.createdBy.id]).toEqual([201, creatorId]);
    const more = await call(list.POST, path, { token, body: { name: "more", scopes: ["pipeline:write"] } });
    expect([more.status, more.body.missingScopes]).toEqual([403, ["pipeline:write"]]);
  });

  test("a token's child lives no longer and roams no further than itself", async () => {
    const place = await createPlace();
    await db.tenant.update({ where: { id: place.tenantId }, data: { tokensMayCreateTokens: true } });
    const scopes = ["token:write", "pipeline:read"] as const;
    const parent = await createTokenRow(place, { scopes, expiresAt: new Date(Date.now() + 10 * day) });
    await db.token.update({ where: { id: parent.id }, data: { allowedCidrs: ["10.0.0.0/8"] } });
    const headers = { "x-praxis-client-address": "10.1.1.1" };
    const create = (more: object) =>
      call(list.POST, path, {
        token: parent.secret,
        headers,
        body: { name: "child", scopes: ["pipeline:read"], ...more },
      });
    const child = await create({});
    expect(child.body.token.allowedCidrs).toEqual(["10.0.0.0/8"]);
    expect(Date.parse(child.body.token.expiresAt)).toBeLessThanOrEqual(Date.now() + 10 * day);
    expect((await create({ expiresAt: null })).body.issues[0].path).toBe("expiresAt");
    expect((await create({ allowedCidrs: ["0.0.0.0/0"] })).body.issues[0].path).toBe("allowedCidrs");
    expect((await create({ allowedCidrs: [] })).body.issues[0].path).toBe("allowedCidrs");
  });

  test("is on record; with no record there is no token", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const body = { name: "CI", permissionSet: "read-only" };
    const created = await call(list.POST, path, { ...admin, body });
    const event = await db.auditEvent.findFirstOrThrow({ where: { targetId: created.body.token.id } });
    expect(event).toMatchObject({
      action: "token.created",
      actorKind: "user",
      actorLabel: "Ada Admin",
      outcome: "success",
    });
    const before = await db.token.count({ where: place });
    await db.$executeRawUnsafe(
      `create function refuse() returns trigger language plpgsql as 'begin raise exception ''disk full''; end'`,
    );
    await db.$executeRawUnsafe(
      "create trigger refuse before insert on audit_events for each row execute function refuse()",
    );
    try {
      const refused = await call(list.POST, path, { ...admin, body });
      expect([refused.status, refused.body.error]).toEqual([503, "unavailable"]);
      expect(refused.headers.get("retry-after")).toBe("1");
      expect(JSON.stringify(refused.body)).not.toContain("disk full");
    } finally {
      await db.$executeRawUnsafe("drop trigger refuse on audit_events");
    }
    expect(await db.token.count({ where: place })).toBe(before);
  });
});

describe("bodies", () => {
  test.each([
    ["text/plain", "{}", 415],
    ["application/json", "{", 400],
    ["application/json", '{"name":"\\u0000"}', 400],
    ["application/json", '{"name":"\\ud800"}', 400],
    ["application/json", `${'{"a":'.repeat(40)}1${"}".repeat(40)}`, 400],
    ["application/json", `"${"x".repeat(1024 * 1024)}"`, 413],
    ["application/json; charset=utf-8", "[]", 400],
    ["application/json; charset=utf-16", "{}", 415],
    ["application/json", '{"name":"a","permissionSet":"read-only","n\\u0061me":"b"}', 400],
    ["application/json", '{"permissionSet":"read-only","name":"\\"name\\":\\"name\\": \\\\"}', 201],
  ])("%s %.20j is %i", async (contentType, body, status) => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const headers = { ...admin.headers, "content-type": contentType };
    expect((await call(list.POST, path, { ...admin, headers, body })).status).toBe(status);
  });

  test("a body with a content coding is refused, not read as if it had none", async () => {
    const admin = await adminOf(await createPlace());
    const headers = { ...admin.headers, "content-encoding": "gzip" };
    const body = { name: "a", permissionSet: "read-only" };
    expect((await call(list.POST, path, { ...admin, headers, body })).status).toBe(415);
  });

  test("an undeclared method is 405 and names those there are", async () => {
    const answer = await call(list.DELETE, path, { method: "DELETE" });
    expect([answer.status, answer.body.error, answer.headers.get("allow")]).toEqual([
      405,
      "method_not_allowed",
      "GET, POST",
    ]);
  });
});

describe("listing tokens", () => {
  test("shows working ones unless asked otherwise, of this tenant only", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    await createTokenRow(await createTenant(place), { name: "elsewhere" });
    await createTokenRow(place, { name: "active" });
    await createTokenRow(place, { name: "expiring", expiresAt: new Date(Date.now() + 3 * day) });
    await createTokenRow(place, { name: "expired", expiresAt: new Date(Date.now() - day) });
    await createTokenRow(place, { name: "revoked", revokedAt: new Date() });
    const names = async (query: string) => {
      const answer = await call(list.GET, `${path}?sort=name&${query}`, admin);
      return answer.body.items.map((token: { name: string; status: string }) => token.name);
    };
    expect(await names("")).toEqual(["active", "expiring"]);
    for (const status of ["active", "expiring", "expired", "revoked"]) {
      expect(await names(`status=${status}`)).toEqual([status]);
    }
    expect(await names("status=expired,revoked")).toEqual(["expired", "revoked"]);
    expect(await names("q=EXPIR")).toEqual(["expiring"]);
    expect(await names("q=%25")).toEqual([]);
  });

  test("every sort and order pages through every token once, in order, there and back", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const { id: creatorId } = await createMember(place, "owner");
    for (let index = 0; index < 11; index++)
      await createTokenRow(place, {
        creatorId,
        name: `token ${index % 4}`,
        expiresAt: index % 3 === 0 ? null : new Date(Date.now() + (20 + (index % 5)) * day),
        ...(index % 2 === 0 ? { lastUsedAt: new Date(Date.now() - (index % 3) * day) } : {}),
      });
    for (const sort of ["name", "createdAt", "expiresAt", "lastUsedAt"])
      for (const order of ["asc", "desc"]) {
        const seen: { id: string; value: string | null }[] = [];
        let cursor = "";
        do {
          const page = await call(list.GET, `${path}?limit=3&sort=${sort}&order=${order}${cursor}`, admin);
          seen.push(...page.body.items.map((token: Record<string, string>) => ({ id: token.id, value: token[sort] })));
          cursor = page.body.nextCursor === null ? "" : `&cursor=${page.body.nextCursor}`;
        } while (cursor !== "");
        expect(new Set(seen.map(({ id }) => id)).size).toBe(11);
        expect(seen).toHaveLength(11);
        const values = seen.flatMap(({ value }) => value ?? []);
        const sorted = [...values].sort();
        expect(values).toEqual(order === "asc" ? sorted : sorted.reverse());
        // Empty values come last in either order.
        expect(seen.findIndex(({ value }) => value === null)).toSatisfy((at) => at === -1 || at === values.length);
      }
  });

  test.each([
    "limit=0",
    "limit=201",
    "limit=x",
    "sort=hash",
    "order=up",
    "status=dead",
    "cursor=x",
    "cursor=e30",
    "nope=1",
    "limit=1&limit=2",
  ])("refuses ?%s naming the parameter", async (query) => {
    const answer = await call(list.GET, `${path}?${query}`, await adminOf(await createPlace()));
    expect(answer.status).toBe(400);
    expect(answer.body.issues[0].path.split(".")[0]).toBe(query.split("=")[0]);
  });
});

describe("changing a token", () => {
  test("renames, describes and narrows; scopes are never added", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const { id, secret } = await createTokenRow(place, { scopes: ["pipeline:read", "pipeline:write"] });
    const patch = (body: object) =>
      call(item.PATCH, `${path}/${id}`, { ...admin, method: "PATCH", params: { id }, body });
    expect((await patch({ name: "new name", description: "why" })).body).toMatchObject({
      name: "new name",
      description: "why",
    });
    expect((await patch({ scopes: ["pipeline:read"] })).body.scopes).toEqual(["pipeline:read"]);
    expect((await call(pipelines.POST, "/v1/pipelines", { token: secret, body: {} })).status).toBe(403);
    const widened = await patch({ scopes: ["pipeline:*"] });
    expect([widened.status, widened.body.issues[0].path]).toEqual([400, "scopes"]);
    expect((await patch({})).status).toBe(400);
    expect((await patch({ expiresAt: null })).status).toBe(400);
  });

  test("brings the expiry forward and tightens limits and addresses; the other way is refused, naming the field", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const [one, two] = [await createPipelineRow(place), await createPipelineRow(place)];
    const { id } = await createTokenRow(place, {
      scopes: ["pipeline:read"],
      expiresAt: new Date(Date.now() + 30 * day),
      resources: { pipelines: [one.id, two.id] },
    });
    await db.token.update({ where: { id }, data: { allowedCidrs: ["10.0.0.0/8"] } });
    const patch = (body: object) =>
      call(item.PATCH, `${path}/${id}`, { ...admin, method: "PATCH", params: { id }, body });
    const soon = new Date(Date.now() + 5 * day).toISOString();
    const narrowed = { expiresAt: soon, allowedCidrs: ["10.1.0.0/16", "10.2.3.4"], resources: { pipelines: [one.id] } };
    expect((await patch(narrowed)).body).toMatchObject(narrowed);
    for (const [body, field] of [
      [{ expiresAt: new Date(Date.now() + 6 * day).toISOString() }, "expiresAt"],
      [{ expiresAt: new Date(Date.now() - day).toISOString() }, "expiresAt"],
      [{ allowedCidrs: ["10.0.0.0/8"] }, "allowedCidrs.0"],
      [{ allowedCidrs: [] }, "allowedCidrs"],
      [{ allowedCidrs: ["10.1.2.3", "192.0.2.1"] }, "allowedCidrs.1"],
      [{ resources: { pipelines: [one.id, two.id] } }, "resources.pipelines"],
      [{ resources: {} }, "resources.pipelines"],
    ] as const) {
      const refused = await patch(body);
      expect([refused.status, refused.body.issues?.[0]?.path]).toEqual([400, field]);
    }
    const event = await db.auditEvent.findFirstOrThrow({ where: { targetId: id, action: "token.updated" } });
    expect(event.details).toMatchObject({ before: { allowedCidrs: ["10.0.0.0/8"] }, after: { expiresAt: soon } });
  });

  test("another tenant's token is not there to read, change, revoke or delete", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const foreign = await createTokenRow(await createTenant(place), { scopes: ["pipeline:read"] });
    const params = { id: foreign.id };
    const url = `${path}/${foreign.id}`;
    expect((await call(item.GET, url, { ...admin, params })).status).toBe(404);
    expect((await call(item.PATCH, url, { ...admin, params, method: "PATCH", body: { name: "x" } })).status).toBe(404);
    expect((await call(item.DELETE, url, { ...admin, params, method: "DELETE" })).status).toBe(404);
    const answer = await call(revoke.POST, `${path}/revoke`, {
      ...admin,
      body: { ids: [foreign.id], reason: "unused" },
    });
    expect(answer.body.results).toEqual([{ id: foreign.id, outcome: "not_found" }]);
    expect((await call(pipelines.GET, "/v1/pipelines", { token: foreign.secret })).status).toBe(200);
  });

  test("a working token cannot be deleted; a dead one can, and its trail stays", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const working = await createTokenRow(place, {});
    const dead = await createTokenRow(place, { revokedAt: new Date() });
    const purge = (id: string) => call(item.DELETE, `${path}/${id}`, { ...admin, method: "DELETE", params: { id } });
    const refused = await purge(working.id);
    expect([refused.status, refused.body.error]).toEqual([409, "conflict"]);
    expect((await purge(dead.id)).status).toBe(204);
    expect((await purge(dead.id)).status).toBe(404);
    expect(await db.auditEvent.findFirst({ where: { targetId: dead.id } })).toMatchObject({ action: "token.purged" });
  });
});

describe("GET /identity/tokens/self", () => {
  test("tells any token what it is; a session is told to send one", async () => {
    const place = await createPlace();
    const token = await createTokenRow(place, { scopes: ["metrics:write"] });
    const answer = await call(self.GET, `${path}/self`, { token: token.secret });
    expect([answer.status, answer.body.id, answer.body.scopes]).toEqual([200, token.id, ["metrics:write"]]);
    expect((await call(self.GET, `${path}/self`, await adminOf(place))).status).toBe(403);
  });
});
