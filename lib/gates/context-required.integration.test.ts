import { describe, expect, test, vi } from "vitest";
import * as v1 from "@/app/v1/[...path]/route";
import { call, contextOf } from "@/lib/test/calls";
import { createPlace, createTenant, createTokenRow } from "@/lib/test/fixtures";

// Read when lib/env is first imported.
vi.hoisted(() => {
  process.env.CONTEXT_HEADERS = "required";
});

describe("a deployment with CONTEXT_HEADERS=required", () => {
  test("refuses an API token that does not name both its organization and tenant, and says which header is missing", async () => {
    const place = await createPlace();
    const { secret: token } = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const get = (headers: Record<string, string>) => call(v1.GET, "/v1/pipelines", { token, headers });
    expect((await get(contextOf(place))).status).toBe(200);
    for (const [headers, missing] of [
      [{}, "x-ne-org-id and x-ne-tenant-id"],
      [{ "x-ne-org-id": place.organizationId }, "x-ne-tenant-id"],
      [{ "x-ne-tenant-id": place.tenantId }, "x-ne-org-id"],
    ] as const) {
      const refused = await get(headers);
      expect([refused.status, refused.body.error]).toEqual([403, "context_required"]);
      expect(refused.body.message).toContain(`send ${missing}`);
    }
    expect((await get(contextOf(await createTenant(place)))).body.error).toBe("context_mismatch");
  });
});
