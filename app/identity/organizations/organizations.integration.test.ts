import { describe, expect, test } from "vitest";
import * as permissions from "@/app/identity/permissions/route";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow } from "@/lib/test/fixtures";
import * as organizations from "./route";

describe("GET /identity/organizations", () => {
  test("lists the organizations and tenants the caller may see, and no other", async () => {
    const place = await createPlace();
    const west = await createTenant(place, "west");
    await createPlace();
    const names = async (cookie: string) => {
      const answer = await call(organizations.GET, "/identity/organizations", { cookie });
      expect(answer.status).toBe(200);
      return answer.body.items.map((item: { id: string; plan: string; tenants: { name: string }[] }) => [
        item.id,
        item.plan,
        item.tenants.map((tenant) => tenant.name),
      ]);
    };
    const owner = await sessionCookie(await createMember(place, "owner"));
    expect(await names(owner)).toEqual([[place.organizationId, "business", ["east", "west"]]]);
    const inWest = await sessionCookie(await createMember(west, "viewer", { only: "tenant" }));
    expect(await names(inWest)).toEqual([[place.organizationId, "business", ["west"]]]);
  });

  test("an API token is told where to look instead", async () => {
    const { secret } = await createTokenRow(await createPlace(), { scopes: ["organization:read"] });
    const answer = await call(organizations.GET, "/identity/organizations", { token: secret });
    expect([answer.status, answer.body.error]).toEqual([403, "forbidden"]);
    expect(answer.body.message).toContain("/identity/tokens/self");
  });
});

describe("GET /identity/permissions", () => {
  test("says what the caller may grant here, and what is missing for the rest", async () => {
    const place = await createPlace();
    const cookie = await sessionCookie(await createMember(place, "admin"));
    const { body } = await call(permissions.GET, "/identity/permissions", { cookie, headers: contextOf(place) });
    const scopes = body.resources.flatMap(
      (resource: { scopes: { scope: string; grantable: boolean }[] }) => resource.scopes,
    );
    expect(scopes).toHaveLength(19);
    expect(scopes.filter((scope: { grantable: boolean }) => !scope.grantable)).toMatchObject([
      { scope: "organization:write" },
    ]);
    expect(body.permissionSets.map((set: { id: string; grantable: boolean }) => [set.id, set.grantable])).toEqual([
      ["read-only", true],
      ["data-access", true],
      ["ingest-only", true],
      ["full-access", false],
    ]);
    expect(body.permissionSets[3].missingScopes).toEqual(["organization:write"]);
  });

  test("a token's are its own scopes, less those its creator lost", async () => {
    const place = await createPlace();
    const { secret, creatorId } = await createTokenRow(place, { scopes: ["pipeline:read", "user:read"] });
    const grantable = async () => {
      const { body } = await call(permissions.GET, "/identity/permissions", { token: secret });
      return body.resources
        .flatMap((resource: { scopes: { scope: string; grantable: boolean }[] }) => resource.scopes)
        .filter((scope: { grantable: boolean }) => scope.grantable)
        .map((scope: { scope: string }) => scope.scope);
    };
    expect(await grantable()).toEqual(["pipeline:read", "user:read"]);
    await db.membership.updateMany({ where: { userId: creatorId }, data: { role: "viewer" } });
    expect(await grantable()).toEqual(["pipeline:read"]);
  });
});
