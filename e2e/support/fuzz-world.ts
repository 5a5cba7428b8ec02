import { randomUUID, sign } from "node:crypto";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { apiDocument } from "@/app/api-document";
import { apiOperations } from "@/app/operations";
import { allScopes } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { requestExamples } from "@/lib/openapi/examples";
import { type Method, methods, type Operation } from "@/lib/operation";
import { hashPassword } from "@/lib/passwords";
import { createMember, createPipelineRow, createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { createDeliveryRow, createWebhookRow } from "@/lib/test/webhooks";
import { generateSecret } from "@/lib/tokens/secret";
import type { Known } from "./fuzz-judge";

/** Whom and what bad input meets: a place with a bit of everything, one next to it, and credentials of every kind. */

export type Headers = readonly (readonly [name: string, value: string])[];
export type CredentialKind = "apiToken" | "personalToken" | "session" | "signature";

/** An operation as it is called, and who gets as far as to have their input looked at. */
export interface Target {
  key: string;
  method: Method;
  path: string;
  operation: Operation;
  /** Ids for the path, each of something else: its own, another tenant's, nothing's. */
  ids: readonly string[];
  example: unknown;
  isValidBody: ValidateFunction;
  admitted: CredentialKind[];
  /** A cursor of the list, where it has one and more than one row. */
  cursor: string | null;
}

export interface World {
  url: string;
  known: Known;
  targets: readonly Target[];
  place: Place;
  foreign: Place;
  apiSecret: string;
  /** May read tokens and nothing else. */
  weakSecret: string;
  personalSecret: string;
  cookie: string;
  /** Rightly made, and worth nothing: unknown, revoked, expired. */
  deadSecrets: readonly string[];
  /** Stands in bodies that must be refused. */
  refusedText: string;
  headersFor(kind: CredentialKind, target: Target, body: Buffer): Headers;
}

const password = "correct horse battery staple";

/** Makes the rows, signs in, and finds out who is let through to which operation. */
export async function createWorld(url: string): Promise<World> {
  const [place, foreign] = [await createPlace(), await createPlace()];
  await db.tenant.update({ where: { id: place.tenantId }, data: { tokensMayCreateTokens: true } });
  const owner = await createMember(place, "owner", { passwordHash: await hashPassword(password) });
  const creatorId = owner.id;
  const foreignText = `foreign-${randomUUID()}`;
  const ownIds = await populate(place, creatorId, "own");
  const foreignIds = await populate(foreign, (await createMember(foreign, "owner")).id, foreignText);
  const past = new Date(Date.now() - 60_000);
  const api = await createTokenRow(place, { scopes: allScopes, creatorId });
  const weak = await createTokenRow(place, { scopes: ["token:read"], creatorId });
  const personal = await createTokenRow(place, { kind: "personal", creatorId });
  const revoked = await createTokenRow(place, { scopes: allScopes, creatorId, revokedAt: past });
  const expired = await createTokenRow(place, { scopes: allScopes, creatorId, expiresAt: past });
  const cookie = await signedIn(url, owner.email);
  const world: World = {
    ...{ url, place, foreign, cookie },
    known: {
      secrets: new Set([api.secret, weak.secret, personal.secret]),
      sessionCookies: new Set(cookie.split("; ")),
      foreignText,
    },
    targets: targetsWith(ownIds, foreignIds),
    apiSecret: api.secret,
    weakSecret: weak.secret,
    personalSecret: personal.secret,
    deadSecrets: [revoked.secret, expired.secret, generateSecret("api"), generateSecret("personal")],
    refusedText: `refused-${randomUUID()}`,
    headersFor(kind, target, body) {
      const organization = ["x-ne-org-id", place.organizationId] as const;
      const tenant = ["x-ne-tenant-id", place.tenantId] as const;
      const context = target.operation.inTenant
        ? [organization, tenant]
        : target.operation.inOrganization
          ? [organization]
          : [];
      if (kind === "apiToken") return [["authorization", `Bearer ${api.secret}`]];
      if (kind === "personalToken") return [["authorization", `Bearer ${personal.secret}`], ...context];
      if (kind === "session") return [["cookie", cookie], ...context];
      return [
        ["github-public-key-identifier", "stories"],
        ["github-public-key-signature", sign("sha256", body, process.env.PRAXIS_SIGNING_KEY ?? "").toString("base64")],
      ];
    },
  };
  for (const target of world.targets) await explore(world, target);
  return world;
}

/** Sends what can only be refused for its query: whoever is told so has been let in. */
async function explore(world: World, target: Target): Promise<void> {
  const body = target.operation.body ? Buffer.from(encodedExample(target)) : null;
  const send = async (kind: CredentialKind, query: string) => {
    const headers = new Headers(
      world.headersFor(kind, target, body ?? Buffer.alloc(0)).map(([name, value]) => [name, value]),
    );
    if (body) headers.set("content-type", mediaTypeOf(target));
    const path = target.path.replace("{id}", target.ids[0] ?? "");
    return fetch(`${world.url}${path}?${query}`, { method: target.method, headers, ...(body && { body }) });
  };
  for (const kind of ["apiToken", "personalToken", "session", "signature"] as const) {
    const answer = await send(kind, "nonsense=1");
    await answer.arrayBuffer();
    if (answer.status === 400) target.admitted.push(kind);
  }
  const [kind] = target.admitted;
  if (kind === undefined || !hasParameter(target, "cursor")) return;
  const page: unknown = await (await send(kind, "limit=1")).json();
  const cursor: unknown = Object(page).nextCursor;
  target.cursor = typeof cursor === "string" ? cursor : null;
}

/** Whether the operation has this parameter of the query. */
export function hasParameter({ operation }: Target, name: string): boolean {
  return name in Object(Object(operation.query).shape);
}

/** What bodies of the operation are sent as. */
export function mediaTypeOf({ operation }: Target): string {
  return operation.bodyType === "form" ? "application/x-www-form-urlencoded" : "application/json";
}

/** The document's example of a body, as it is sent. */
export function encodedExample({ operation, example }: Target): string {
  return operation.bodyType === "form"
    ? new URLSearchParams(Object.entries(Object(example))).toString()
    : JSON.stringify(example);
}

function targetsWith(ownIds: Ids, foreignIds: Ids): Target[] {
  const ajv = addFormats.default(new Ajv2020({ strict: false, formats: { cidrv4: true, cidrv6: true } }));
  ajv.addSchema({ $id: "api", ...apiDocument });
  return Object.entries(apiOperations).flatMap(([path, operations]) =>
    methods.flatMap((method) => {
      const operation = operations[method];
      if (!operation) return [];
      const example = requestExamples[`${method} ${path}`];
      const schema = ["paths", path, method.toLowerCase(), "requestBody", "content", "application/json", "schema"];
      const pointer = schema.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
      const isJson = operation.body !== null && operation.bodyType === "json";
      const prefix = Object.keys(ownIds).find((candidate) => path.startsWith(`${candidate}/{id}`)) ?? "";
      const ids = [ownIds[prefix], foreignIds[prefix], randomUUID()].filter((id) => id !== undefined);
      return {
        ...{ key: `${method} ${path}`, method, path, operation, ids, example, cursor: null, admitted: [] },
        isValidBody: ajv.compile(isJson ? { $ref: `api#${pointer}` } : false),
      };
    }),
  );
}

/** What the place's organization holds, by table, but for what every call leaves: uses, sightings and records. */
export async function stateOf({ organizationId }: Place): Promise<unknown> {
  const tables = await db.$queryRaw<{ name: string; column: string }[]>`
    select table_name as name, min(column_name) as column from information_schema.columns
    where table_schema = 'public' and column_name in ('organization_id', 'tenant_id')
      and table_name !~ '(audit|use|usage|session|job)'
    group by table_name order by table_name`;
  // Of a token's end the schedule tells by itself.
  const asked = "coalesce(to_jsonb(t)->>'event', '') !~ '^token[.]expir'";
  const states = tables.map(async ({ name, column }) => {
    const tenants = "select id from tenants where organization_id = $1::uuid";
    const condition = column === "organization_id" ? "organization_id = $1::uuid" : `tenant_id in (${tenants})`;
    const [state] = await db.$queryRawUnsafe<unknown[]>(
      `select count(*)::int, md5(string_agg(row, '' order by row)) from
        (select (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(t)) where key !~ '^last_used_')::text as row from "${name}" t where ${condition} and ${asked}) rows`,
      organizationId,
    );
    return [name, state] as const;
  });
  return Object.fromEntries(await Promise.all(states));
}

type Ids = Readonly<Record<string, string>>;

/** Two of what lists list, so that there are cursors; the ids by the path that they stand under. */
async function populate(place: Place, creatorId: string, text: string): Promise<Ids> {
  await db.tenant.create({ data: { organizationId: place.organizationId, name: `north ${text}` } });
  const again = async <T>(make: (name: string) => Promise<T>): Promise<T> => {
    await make(`second ${text}`);
    return make(`first ${text}`);
  };
  const token = await again((name) => createTokenRow(place, { creatorId, name, scopes: ["pipeline:read"] }));
  const personal = await again((name) => createTokenRow(place, { kind: "personal", creatorId, name }));
  const member = await again((name) => createMember(place, "viewer", { name }));
  const pipeline = await again((name) => createPipelineRow(place, name));
  const webhook = await again((name) =>
    createWebhookRow(place, { url: `https://hooks.example.com/${encodeURIComponent(name)}` }),
  );
  const delivery = await again(() => createDeliveryRow(place));
  return {
    "/identity/tokens": token.id,
    "/identity/personal-tokens": personal.id,
    "/identity/users": member.id,
    "/identity/webhooks": webhook.id,
    "/identity/webhook-deliveries": delivery.id,
    "/v1/pipelines": pipeline.id,
  };
}

async function signedIn(url: string, email: string): Promise<string> {
  const cookies = (response: Response) =>
    response.headers
      .getSetCookie()
      .flatMap((cookie) => cookie.split(";", 1))
      .filter((cookie) => !cookie.endsWith("="));
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: cookies(csrf).join("; ") },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  const [session] = cookies(response).filter((cookie) => cookie.includes("session-token"));
  if (session === undefined) throw new Error(`Signing in answered ${response.status}`);
  return session;
}
