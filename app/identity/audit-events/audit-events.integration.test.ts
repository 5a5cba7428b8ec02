import { describe, expect, test, vi } from "vitest";
import * as v1 from "@/app/v1/[...path]/route";
import { pool } from "@/lib/db/pool";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import {
  addAuditEvents,
  createMember,
  createPlace,
  createTenant,
  createTokenRow,
  type Place,
} from "@/lib/test/fixtures";
import * as events from "./route";

const path = "/identity/audit-events";

async function adminOf(place: Place) {
  return { cookie: await sessionCookie(await createMember(place, "admin")), headers: contextOf(place) };
}

async function addEvents(
  place: Place,
  count: number,
  more: { action?: string; userAgent?: string; address?: string } = {},
) {
  const { userAgent: user_agent, ...columns } = more;
  await addAuditEvents(
    place,
    Array.from({ length: count }, () => ({ ...columns, user_agent })),
  );
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
    expect(await list("action=token.*")).toHaveLength(3);
    expect(await list("action=pipeline.*")).toEqual([]);
    expect(await list("uses=exclude")).toHaveLength(2);
  });

  test("is filtered by address, and refuses what is none", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    await addEvents(place, 2, { address: "203.0.113.7" });
    await addEvents(place, 1, { address: "2001:db8::7" });
    const count = async (address: string) =>
      (await call(events.GET, `${path}?address=${address}`, admin)).body.items?.length;
    expect([await count("203.0.113.7"), await count("2001:db8::7"), await count("203.0.113.8")]).toEqual([2, 1, 0]);
    const refused = await call(events.GET, `${path}?address=somewhere`, admin);
    expect([refused.status, refused.body.issues[0].path]).toEqual([400, "address"]);
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

  test("holds no connection to the database while its reader pauses, nor once it left", async () => {
    const place = await createPlace();
    await addEvents(place, 3500);
    const { cookie, headers } = await adminOf(place);
    const request = new Request(`http://127.0.0.1:3000${path}`, {
      headers: { ...headers, cookie, accept: "application/x-ndjson" },
    });
    const response = await events.GET(request, { params: Promise.resolve(undefined) });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    // One page is read ahead.
    await vi.waitFor(() => expect(pool.idleCount).toBe(pool.totalCount));
    await reader?.cancel();
    expect([(await reader?.read())?.done, pool.idleCount]).toEqual([true, pool.totalCount]);
  });

  test("refuses a bad filter before it begins", async () => {
    const { status } = await raw(await createPlace(), "text/csv", "?actor=me");
    expect(status).toBe(400);
  });
});
