import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { oas31 } from "zod-openapi";
import { apiDocument } from "@/app/api-document";
import { allScopes, isScope } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { keyIdentifierHeader } from "@/lib/gates/signature";
import { requestExamples } from "@/lib/openapi/examples";
import { createMember, createSessionRow, createTokenRow, type Place } from "@/lib/test/fixtures";
import { signedHeaders } from "@/lib/test/signing";
import { createDeliveryRow, createWebhookRow } from "@/lib/test/webhooks";
import { hashSecret, parseSecret, type Secret } from "@/lib/tokens/secret";
import { expect, type Person, sessionCookieOf, storySigner, test, url } from "./support/story";

/**
 * Every operation of the OpenAPI document against the running service: what it answers is what the document says. The
 * calls are the document's own examples, so a new operation is driven from its first day, or fails here.
 */

const verbs = ["get", "post", "put", "patch", "delete"] as const;
const operations = Object.entries(apiDocument.paths ?? {}).flatMap(([path, item]) =>
  verbs.flatMap((verb) => {
    const operation = item[verb];
    return operation ? [{ path, verb, operation, key: `${verb.toUpperCase()} ${path}` }] : [];
  }),
);

const ajv = addFormats.default(new Ajv2020({ strict: false, formats: { cidrv4: true, cidrv6: true } }));
ajv.addSchema({ $id: "api", ...apiDocument });

/** What the `{id}` of a path is to name, by the first path that it begins with. */
const makers: readonly [prefix: string, make: (who: Person) => Promise<string>][] = [
  ["/identity/tokens/{id}/rotate", async (who) => (await tokenOf(who)).id],
  ["/identity/tokens/{id}", async (who) => (await tokenOf(who)).id],
  ["/identity/personal-tokens/{id}", async (who) => (await tokenOf(who, "personal")).id],
  ["/identity/sessions/{id}", async ({ user }) => (await createSessionRow(user)).id],
  ["/identity/users/{id}", async ({ place }) => (await createMember(place, "viewer")).id],
  ["/identity/webhooks/{id}", async ({ place }) => (await createWebhookRow(place)).id],
  ["/identity/webhook-deliveries/{id}", async ({ place }) => (await createDeliveryRow(place)).id],
  ["/v1/metrics/{id}", (who) => createdAt("/v1/datasets", who)],
];

/** What must be so before the example works; by default nothing. */
const preparations: Readonly<Record<string, (id: string, who: Person) => Promise<unknown>>> = {
  "DELETE /identity/tokens/{id}": (id, { user }) =>
    db.token.update({
      where: { id },
      data: { revokedAt: new Date(), revokedById: user.id, revokedReason: "unused" },
    }),
  // Only a tenant's policy lets tokens create tokens, and rotation is such a creation.
  "POST /identity/tokens": allowTokensToCreate,
  "POST /identity/tokens/{id}/rotate": allowTokensToCreate,
  "POST /identity/tokens/identify": async (_id, who) => {
    const hash = hashSecret(exampleSecret());
    await db.token.deleteMany({ where: { hash } });
    await db.token.update({ where: { id: (await tokenOf(who)).id }, data: { hash } });
  },
};

/**
 * Operations whose example needs a session: no token of the tests holds as much as an owner gives, and no API token
 * reads or changes tokens, or reads the audit log, throughout an organization.
 */
const bySession = [
  "GET /identity/organization/audit-events",
  "GET /identity/organization/tokens",
  "GET /identity/organization/tokens/summary",
  "POST /identity/organization/tokens/revoke",
  "POST /identity/users",
  "PATCH /identity/users/{id}",
  "DELETE /identity/users/{id}",
  "POST /identity/users/{id}/password",
];

for (const { path, verb, operation, key } of operations) {
  test(`${key} answers as the document says, when it goes well and when it does not`, async ({ person }) => {
    const who = await person({ role: "owner" });
    const headers = await credentialFor(key, operation, who);
    const id = path.includes("{id}") ? await idFor(path, who) : "";
    await preparations[key]?.(id, who);
    const send = caller(path, verb, operation, requestExamples[key]);

    const answer = await send(id, headers);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    expectDescribed(key, answer);
    if (operation.security?.length === 0) return;

    for (const mediaType of Object.keys(responseAt(key, answer.status).response?.content ?? {}).slice(1))
      await test.step(`as ${mediaType}`, async () => {
        const streamed = await fetch(url(path), { headers: { ...headers, accept: mediaType } });
        expect(streamed.status).toBe(200);
        expect(streamed.headers.get("content-type")).toContain(mediaType);
        await streamed.text();
      });
    await test.step("without a credential", async () => {
      expectProblem(key, await send(id, {}), 401, "unauthorized");
    });
    await test.step("with a query parameter that it does not have", async () => {
      expectProblem(key, await send(id, headers, { query: "?nonsense=1" }), 400, "invalid_request");
    });
    const scope: unknown = operation["x-required-scope"];
    if (typeof scope === "string")
      await test.step("without the scope that it demands", async () => {
        const others = await createTokenRow(who.place, { scopes: allScopes.filter((other) => other !== scope) });
        const refused = await send(id, bearer(others.secret));
        expectProblem(key, refused, 403, "insufficient_scope");
        expect(refused.body).toMatchObject({ scope });
      });
    if (path.includes("{id}"))
      await test.step("for an id that there is not", async () => {
        expectProblem(key, await send(randomUUID(), headers), 404, "not_found");
      });
    if (operation.requestBody) {
      await test.step("with a body that is not valid", async () => {
        expectProblem(key, await send(id, headers, { body: '{"nonsense":1}' }), 400, "invalid_request");
      });
      await test.step("with a body of another type", async () => {
        const asText = { ...headers, "content-type": "text/plain" };
        expectProblem(key, await send(id, asText), 415, "unsupported_media_type");
      });
      await test.step("with a body that is too large", async () => {
        const refused = await send(id, headers, { body: " ".repeat(1024 * 1024 + 1) });
        expectProblem(key, refused, 413, "payload_too_large");
      });
    }
  });
}

test("a connection serves the next call after a body that was refused unread", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const call = (method: string, path: string, body?: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = body === undefined ? {} : { "content-type": "application/json", "content-length": body.length };
      const sent = request(url(path), { method, agent, headers, timeout: 5000 }, (response) => {
        response.resume().once("end", () => resolve(response.statusCode));
      });
      sent.once("error", reject).once("timeout", () => sent.destroy(new Error("no answer")));
      sent.end(body);
    });
  for (let round = 0; round < 3; round += 1) {
    expect(await call("POST", "/v1/pipelines", " ".repeat(1024 * 1024 + 1))).toBe(401);
    expect(await call("GET", "/healthz")).toBe(200);
  }
  agent.destroy();
});

test("every answer asks its client to close an idle connection before the service does", async () => {
  for (const path of ["/healthz", "/v1/pipelines", "/sign-in", "/no-such-page"]) {
    const response = await fetch(url(path));
    expect([path, response.headers.get("keep-alive")]).toEqual([path, "timeout=60"]);
    await response.arrayBuffer();
  }
});

test("the document is served to everyone, may be kept, and costs nothing when it has not changed", async () => {
  const response = await fetch(url("/openapi.json"));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("application/json");
  expect(response.headers.get("cache-control")).toContain("public");
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(apiDocument)));
  const again = await fetch(url("/openapi.json"), { headers: { "if-none-match": response.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);
});

interface Answer {
  status: number;
  mediaType: string;
  body: unknown;
  headers: Headers;
}

function caller(path: string, verb: string, operation: oas31.OperationObject, example: unknown) {
  const [mediaType] = Object.keys(
    operation.requestBody && "content" in operation.requestBody ? operation.requestBody.content : {},
  );
  return async (
    id: string,
    headers: Record<string, string>,
    changes: { query?: string; body?: string } = {},
  ): Promise<Answer> => {
    const body = mediaType === undefined ? undefined : (changes.body ?? encoded(mediaType, example));
    const isSigned = keyIdentifierHeader in headers && body !== undefined;
    const response = await fetch(url(path.replace("{id}", id) + (changes.query ?? "")), {
      method: verb.toUpperCase(),
      headers: {
        ...(mediaType ? { "content-type": mediaType } : {}),
        ...headers,
        ...(isSigned ? signedHeaders(storySigner(), body) : {}),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      mediaType: response.headers.get("content-type") ?? "",
      body: text === "" ? null : JSON.parse(text),
      headers: response.headers,
    };
  };
}

function encoded(mediaType: string, example: unknown): string {
  if (mediaType === "application/json") return JSON.stringify(example);
  return new URLSearchParams(Object.entries(Object(example))).toString();
}

/** The status is in the document, and the body is of the media type and by the schema given there. */
function expectDescribed(key: string, answer: Answer): void {
  const { response, at } = responseAt(key, answer.status);
  expect(response, `${key} answered ${answer.status}, which the document does not describe`).toBeDefined();
  const [mediaType] = Object.keys(response?.content ?? {});
  if (mediaType === undefined) {
    expect(answer.body).toBeNull();
    return;
  }
  expect(answer.mediaType).toContain(mediaType);
  const validate = ajv.compile({ $ref: `api#${pointerTo([...at, "content", mediaType, "schema"])}` });
  expect([validate(answer.body), validate.errors], JSON.stringify(answer.body)).toEqual([true, null]);
}

function expectProblem(key: string, answer: Answer, status: number, error: string): void {
  expect(answer).toMatchObject({ status, body: { error } });
  expectDescribed(key, answer);
  expect(answer.headers.get("x-correlation-id")).toBe(Object(answer.body).correlationId);
}

function responseAt(key: string, status: number) {
  const [verb = "", path = ""] = key.split(" ");
  return followed(["paths", path, verb.toLowerCase(), "responses", String(status)]);
}

/** The response at this place of the document, or where the reference there leads. */
function followed(pointer: readonly string[]): { response: oas31.ResponseObject | undefined; at: readonly string[] } {
  const found = pointer.reduce<unknown>((node, key) => Object(node)[key], apiDocument);
  const reference: unknown = Object(found).$ref;
  if (typeof reference === "string") return followed(reference.slice(2).split("/"));
  return { response: isResponse(found) ? found : undefined, at: pointer };
}

function isResponse(value: unknown): value is oas31.ResponseObject {
  return typeof value === "object" && value !== null && "description" in value;
}

function pointerTo(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** A token with exactly the scope; where tokens are not accepted, a session; where API tokens are not, a personal one. */
async function credentialFor(
  key: string,
  operation: oas31.OperationObject,
  who: Person,
): Promise<Record<string, string>> {
  const takes = (name: string) => operation.security?.some((requirement) => name in requirement) ?? false;
  const context = { "x-ne-org-id": who.place.organizationId };
  if (operation.security?.length === 0) return {};
  // The signature is made for each body when it is sent.
  if (takes("signature")) return { [keyIdentifierHeader]: storySigner().keyIdentifier };
  if (!takes("token") || bySession.includes(key)) return { ...context, cookie: await sessionCookieOf(who) };
  if (key === "GET /identity/organizations") return bearer((await tokenOf(who, "personal")).secret);
  const scope: unknown = operation["x-required-scope"];
  // What a token creates or rotates, it must hold itself.
  const scopes = scope === "token:write" ? allScopes : typeof scope === "string" && isScope(scope) ? [scope] : [];
  return bearer((await createTokenRow(who.place, { scopes, creatorId: who.user.id })).secret);
}

function bearer(secret: string): Record<string, string> {
  return { authorization: `Bearer ${secret}` };
}

async function idFor(path: string, who: Person): Promise<string> {
  const maker = makers.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
  if (!maker && path.startsWith("/v1/")) return createdAt(path.split("/{id}", 1)[0] ?? path, who);
  if (!maker) throw new Error(`Say in e2e/openapi.spec.ts what the {id} of ${path} is to name`);
  return maker[1](who);
}

function tokenOf({ place, user }: Person, kind: "api" | "personal" = "api") {
  return createTokenRow(place, { kind, creatorId: user.id, scopes: kind === "api" ? ["pipeline:read"] : [] });
}

/** Creates what a collection's own example describes. */
async function createdAt(collection: string, { place, user }: Person): Promise<string> {
  const { secret } = await createTokenRow(place, { creatorId: user.id, scopes: allScopes });
  const response = await fetch(url(collection), {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify(requestExamples[`POST ${collection}`]),
  });
  expect([200, 201]).toContain(response.status);
  const { id } = await response.json();
  return id;
}

/** The secret in the example of identification. */
function exampleSecret(): Secret {
  const example = parseSecret(Object(requestExamples["POST /identity/tokens/identify"]).secret);
  if (!example) throw new Error("The example of POST /identity/tokens/identify must have a right checksum");
  return example.secret;
}

function allowTokensToCreate(_id: string, { place }: { place: Place }) {
  return db.tenant.update({ where: { id: place.tenantId }, data: { tokensMayCreateTokens: true } });
}
