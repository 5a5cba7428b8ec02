import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { db } from "@/lib/db/client";
import { createPipelineRow, createPlace, createTenant, createTokenRow } from "@/lib/test/fixtures";
import { expect, test, url } from "./support/story";

/** Ways around access checks that were found in frameworks and gateways, tried by name. */

const secretName = "a-name-no-stranger-may-read";

async function placeWithSecret() {
  const place = await createPlace();
  await createPipelineRow(place, secretName);
  await createTokenRow(place, { name: secretName });
  return place;
}

test("x-middleware-subrequest skips nothing (CVE-2025-29927)", async () => {
  const place = await placeWithSecret();
  for (const value of [
    "middleware",
    "src/middleware",
    "middleware:middleware:middleware:middleware:middleware",
    "proxy",
  ])
    for (const path of ["/v1/pipelines", "/identity/tokens", tenantPage(place)]) {
      const response = await fetch(url(path), { headers: { "x-middleware-subrequest": value }, redirect: "manual" });
      expect([401, 307]).toContain(response.status);
      expect(await response.text()).not.toContain(secretName);
    }
});

test("neither .rsc suffixes nor RSC headers nor prefetches show a page to a stranger", async () => {
  const place = await placeWithSecret();
  const page = tenantPage(place);
  const [path, query] = page.split("?");
  for (const address of [page, `${path}.rsc?${query}`, `${path}.txt?${query}`, `/index.rsc`, `${page}&_rsc=abc`])
    for (const headers of [{}, { rsc: "1" }, { rsc: "1", "next-router-prefetch": "1" }, { "next-action": "x" }]) {
      const response = await fetch(url(address), { headers, redirect: "manual" });
      expect(await response.text()).not.toContain(secretName);
    }
  expect((await fetch(url("/v1/pipelines.rsc"))).status).toBe(404);
});

test("nxtP parameters do not replace the id of the path", async ({ api }) => {
  const place = await createPlace();
  const mine = await createTokenRow(place, { scopes: ["token:read"] });
  const foreign = await createTokenRow(await createTenant(place), { scopes: ["token:read"], name: secretName });
  for (const name of ["nxtPid", "nxtIid", "id", "nextParamid"]) {
    const answer = await api("GET", `/identity/tokens/${mine.id}?${name}=${foreign.id}`, { token: mine.secret });
    expect(JSON.stringify(answer.body)).not.toContain(secretName);
    expect([200, 400]).toContain(answer.status);
    const other = await api("GET", `/identity/tokens/${foreign.id}?${name}=${mine.id}`, { token: mine.secret });
    expect([400, 404]).toContain(other.status);
  }
});

test("a creator or tenant in the body is refused, not obeyed", async ({ api }) => {
  const place = await createPlace();
  const other = await createPlace();
  const { secret } = await createTokenRow(place, { scopes: ["pipeline:write"] });
  const body = { name: "x", signal: "logs", source: "a", destination: "b" };
  for (const extra of [{ tenantId: other.tenantId }, { organizationId: other.organizationId }, { id: randomUUID() }]) {
    const answer = await api("POST", "/v1/pipelines", { token: secret, body: { ...body, ...extra } });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  }
  expect(await db.pipeline.count({ where: other })).toBe(0);
});

test("method override headers override nothing", async () => {
  const place = await createPlace();
  const { id } = await createPipelineRow(place);
  const { secret } = await createTokenRow(place, { scopes: ["pipeline:read", "pipeline:write"] });
  for (const name of ["x-http-method-override", "x-http-method", "x-method-override"]) {
    const headers = { authorization: `Bearer ${secret}`, [name]: "DELETE" };
    expect((await fetch(url(`/v1/pipelines/${id}`), { headers })).status).toBe(200);
    expect((await fetch(url(`/v1/pipelines/${id}?_method=DELETE`), { headers })).status).toBe(400);
  }
  expect(await db.pipeline.count({ where: { id } })).toBe(1);
});

test("two Authorization headers are one too many, in either order", async () => {
  const place = await createPlace();
  const { secret } = await createTokenRow(place, { scopes: ["pipeline:read"] });
  for (const pair of [
    [`Bearer ${secret}`, "Bearer x"],
    ["Bearer x", `Bearer ${secret}`],
    [`Bearer ${secret}`, `Bearer ${secret}`],
  ])
    expect(await statusWith("/v1/pipelines", { Authorization: pair })).toBe(401);
  expect(await statusWith("/v1/pipelines", { Authorization: [`Bearer ${secret}`] })).toBe(200);
});

test("repeated context headers are malformed", async () => {
  const place = await createPlace();
  const { secret } = await createTokenRow(place, { scopes: ["pipeline:read"] });
  const twice = [place.tenantId, place.tenantId];
  const headers = { Authorization: [`Bearer ${secret}`], "x-ne-tenant-id": twice };
  expect(await statusWith("/v1/pipelines", headers)).toBe(400);
});

test("percent-encoded and doubled paths lead to no other route", async ({ api }) => {
  const place = await createPlace();
  const { secret: token } = await createTokenRow(place, { scopes: ["token:read"] });
  await createPipelineRow(place, secretName);
  for (const path of [
    "/v1/%70ipelines",
    "/v1//pipelines",
    "/v1/x/..%2fpipelines",
    "/%761/pipelines",
    "/v1/pipelines%00",
  ]) {
    const response = await fetch(url(path), { headers: { authorization: `Bearer ${token}` }, redirect: "manual" });
    expect(response.status).toBeGreaterThanOrEqual(300);
    expect(await response.text()).not.toContain(secretName);
  }
  expect((await api("GET", "/v1/../v1/pipelines", { token })).status).toBe(403);
});

test("the image optimizer is not there to be abused", async () => {
  const response = await fetch(url("/_next/image?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75"));
  expect(response.status).toBe(404);
});

function tenantPage(place: { tenantId: string; organizationId: string }): string {
  return `/identity/settings/tenant?tenant=${place.tenantId}&orgId=${place.organizationId}&tab=api-tokens`;
}

/** fetch would join repeated headers; this sends them one by one. */
function statusWith(path: string, headers: Record<string, string[]>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url(path), { headers }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode));
    });
    request.once("error", reject);
    request.end();
  });
}
