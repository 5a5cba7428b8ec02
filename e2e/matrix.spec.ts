import { randomUUID } from "node:crypto";
import { apiOperations } from "@/app/operations";
import { allScopes, type Scope } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { methods, type Operation } from "@/lib/operation";
import { createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { generateSecret } from "@/lib/tokens/secret";
import { expect, sessionCookieOf, test, url } from "./support/story";

/**
 * Every operation of the API against every kind of wrong credential. Generated from the operations themselves: a new
 * one is in it from its first day.
 */

interface Attempt {
  token?: string;
  headers?: Record<string, string>;
}

interface Outcome {
  status: number;
  error: string | undefined;
  body: Record<string, unknown>;
  challenge: string | null;
}

const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
const isOrganizationScope = (scope: Scope | null) => scope !== null && /^(organization|user):/.test(scope);

for (const [path, operations] of Object.entries(apiOperations))
  for (const method of methods) {
    const operation = operations[method];
    if (!operation) continue;
    if (operation.authentication === "signature") {
      test(`${method} ${path} takes no token and no session for a signature`, async ({ person }) => {
        const place = await createPlace();
        const attempt = caller(method, path);
        const owner = await person({ role: "owner", place });
        const { secret } = await createTokenRow(place, { scopes: allScopes });
        const cookie = await sessionCookieOf(owner);
        for (const credential of [{}, { token: "garbage" }, { token: secret }, { headers: { cookie } }])
          expect(await attempt(credential)).toMatchObject({
            status: 401,
            error: "unauthorized",
            challenge: 'Signature realm="praxis"',
          });
      });
      continue;
    }
    test(`${method} ${path} refuses every wrong credential`, async ({ person }) => {
      const place = await createPlace();
      const attempt = caller(method, path.replace("{id}", randomUUID()));
      const token = (options: Parameters<typeof createTokenRow>[1]) => createTokenRow(place, options);
      const everything = { scopes: allScopes };

      const anonymous = await attempt({});
      expect(anonymous).toMatchObject({ status: 401, error: "unauthorized" });
      expect(anonymous.challenge).toBe('Bearer realm="praxis"');

      const refused = [
        "garbage",
        generateSecret("api"),
        (await token({ ...everything, revokedAt: yesterday })).secret,
        (await token({ ...everything, expiresAt: yesterday })).secret,
      ];
      for (const secret of refused) expect(await attempt({ token: secret })).toMatchObject(unauthorized);

      const { secret } = await token(everything);
      const asCookie = await attempt({ headers: { cookie: `next-auth.session-token=${secret}` } });
      expect(asCookie).toMatchObject({ status: 401, error: "unauthorized" });
      const owner = await person({ role: "owner", place });
      const session = await sessionCookieOf(owner);
      expect(await attempt({ token: session.split("=")[1] ?? "" })).toMatchObject(unauthorized);

      const disabled = await token({ kind: "personal" });
      await db.user.update({ where: { id: disabled.creatorId }, data: { disabledAt: new Date() } });
      expect(await attempt({ token: disabled.secret, headers: contextOf(place) })).toMatchObject(unauthorized);

      await expectPlaceIsMinded(operation, attempt, place, secret, (await token({ kind: "personal" })).secret);
      await expectScopeIsMinded(operation, attempt, place);
    });
  }

const unauthorized = {
  status: 401,
  error: "unauthorized",
  body: { message: "Invalid or expired authentication token" },
  challenge: 'Bearer realm="praxis", error="invalid_token"',
};

type Attempting = (attempt: Attempt) => Promise<Outcome>;

async function expectPlaceIsMinded(
  operation: Operation,
  attempt: Attempting,
  place: Place,
  secret: string,
  personal: string,
): Promise<void> {
  if (operation.scope === null) return;
  const elsewhere = await createTenant(place);
  const stranger = await createPlace();
  for (const context of [elsewhere, stranger, { ...place, organizationId: stranger.organizationId }]) {
    const outcome = await attempt({ token: secret, headers: contextOf(context) });
    expect(outcome).toMatchObject({ status: 403, error: "context_mismatch" });
  }
  const malformed = await attempt({ token: secret, headers: { "x-ne-org-id": "acme" } });
  expect(malformed).toMatchObject({ status: 400, error: "invalid_request" });
  if (!operation.principals.includes("personalToken")) return;
  expect(await attempt({ token: personal })).toMatchObject({ status: 403, error: "context_required" });
  const foreign = await attempt({ token: personal, headers: contextOf(stranger) });
  expect(foreign).toMatchObject({ status: 404, error: "not_found" });
}

async function expectScopeIsMinded(operation: Operation, attempt: Attempting, place: Place): Promise<void> {
  const { scope } = operation;
  if (scope === null) return;
  const without = await createTokenRow(place, { scopes: allScopes.filter((other) => other !== scope) });
  const outcome = await attempt({ token: without.secret });
  expect(outcome).toMatchObject({ status: 403, error: "insufficient_scope", body: { scope } });
  expect(outcome.challenge).toContain(`scope="${scope}"`);

  const orphan = await createTokenRow(place, { scopes: [scope] });
  await db.user.update({ where: { id: orphan.creatorId }, data: { disabledAt: new Date() } });
  const orphaned = await attempt({ token: orphan.secret });
  if (isOrganizationScope(scope) || operation.inOrganization)
    expect(orphaned).toMatchObject({ status: 403, error: "insufficient_scope" });
  else expect([401, 403]).not.toContain(orphaned.status);
}

function caller(method: string, path: string): Attempting {
  return async ({ token, headers = {} }) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(url(path), { method, headers: { ...headers, ...authorization } });
    const text = await response.text();
    const body = text === "" ? {} : JSON.parse(text);
    return { status: response.status, error: body.error, body, challenge: response.headers.get("www-authenticate") };
  };
}

function contextOf(place: Place): Record<string, string> {
  return { "x-ne-org-id": place.organizationId, "x-ne-tenant-id": place.tenantId };
}
