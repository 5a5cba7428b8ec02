import { describe, expect, test } from "vitest";
import * as v1 from "@/app/v1/[...path]/route";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as events from "./route";

const path = "/identity/audit-events";

async function adminOf(place: Place) {
  return { cookie: await sessionCookie(await createMember(place, "admin")), headers: contextOf(place) };
}

async function addEvents(place: Place, count: number, more: { action?: string; userAgent?: string } = {}) {
  await db.auditEvent.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      ...place,
      actorKind: "system" as const,
      actorLabel: `system ${index}`,
      action: "token.revoked",
      outcome: "success" as const,
      correlationId: index.toString(16).padStart(32, "0"),
      ...more,
    })),
  });
}

async function raw(place: Place, accept: string, query = "") {
  const { cookie, headers } = await adminOf(place);
  const url = `http://127.0.0.1:3000${path}${query}`;
  const request = new Request(url, { headers: { ...headers, cookie, accept } });
  const response = await events.GET(request, { params: Promise.resolve(undefined) });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

describe("the audit log", () => {
  test("is listed newest first, filtered, and of this tenant only", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    await addEvents(await createTenant(place), 3);
    const token = await createTokenRow(place, { scopes: ["pipeline:read"] });
    await call(v1.GET, "/v1/pipelines", { token: token.secret });
    await addEvents(place, 2, { action: "token.created" });
    const list = async (query: string) => (await call(events.GET, `${path}?${query}`, admin)).body.items;
    expect(await list("")).toHaveLength(3);
    const [used] = await list(`target=${token.id}`);
    expect(used).toMatchObject({
      action: "token.used",
      actor: { kind: "token", id: token.id, label: token.hint },
      outcome: "success",
      details: { scope: "pipeline:read", status: 200 },
    });
    expect(await list("action=token.created")).toHaveLength(2);
    expect(await list("outcome=denied")).toEqual([]);
    expect(await list(`to=${used.occurredAt}`)).toEqual([]);
    expect(await list("correlationId=00000000000000000000000000000001")).toHaveLength(1);
  });

  test("pages hold every event once", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    await addEvents(place, 11);
    const seen = new Set<string>();
    let cursor = "";
    do {
      const { body } = await call(events.GET, `${path}?limit=4${cursor}`, admin);
      for (const { id } of body.items) seen.add(id);
      cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`;
    } while (cursor !== "");
    expect(seen.size).toBe(11);
  });

  test("needs audit:read, which editors and viewers do not hold", async () => {
    const place = await createPlace();
    const cookie = await sessionCookie(await createMember(place, "editor"));
    const answer = await call(events.GET, path, { cookie, headers: contextOf(place) });
    expect([answer.status, answer.body.scope]).toEqual([403, "audit:read"]);
  });
});

describe("an export", () => {
  test("streams every event as NDJSON, beyond one page", async () => {
    const place = await createPlace();
    await addEvents(place, 2500);
    const { type, text } = await raw(place, "application/x-ndjson");
    expect(type).toBe("application/x-ndjson; charset=utf-8");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(2500);
  });

  test("as CSV is safe against spreadsheet formulas, and heeds the filter", async () => {
    const place = await createPlace();
    await addEvents(place, 1, { userAgent: '=HYPERLINK("http://evil.example","x")' });
    await addEvents(place, 1, { action: "token.created" });
    const { type, text } = await raw(place, "text/csv", "?action=token.revoked");
    expect(type).toBe("text/csv; charset=utf-8");
    const rows = text.trimEnd().split("\r\n");
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^occurredAt,actorKind,/);
    expect(rows[1]).toContain(`"'=HYPERLINK(""http`);
  });

  test("refuses a bad filter before it begins", async () => {
    const { status } = await raw(await createPlace(), "text/csv", "?actor=me");
    expect(status).toBe(400);
  });
});
