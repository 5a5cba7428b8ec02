import { describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { call } from "@/lib/test/calls";
import { createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as v1 from "./route";

async function tokenFor(place: Place) {
  const scopes = [
    "collector:read",
    "collector:write",
    "metrics:read",
    "metrics:write",
    "alerts:read",
    "alerts:write",
    "knowledge:read",
    "knowledge:write",
  ] as const;
  return (await createTokenRow(place, { scopes })).secret;
}

async function createDataset(place: Place, name = "cpu") {
  return db.dataset.create({ data: { ...place, name }, select: { id: true } });
}

const point = { time: "2026-11-01T12:00:00Z", name: "load", value: 0.5 };

describe("collectors", () => {
  test("are created or updated by name, read, replaced and deleted", async () => {
    const token = await tokenFor(await createPlace());
    const body = { name: "oslo-1", platform: "linux" };
    const created = await call(v1.POST, "/v1/collectors", { token, body });
    expect([created.status, created.body.state, created.body.version]).toEqual([201, "starting", null]);
    const updated = await call(v1.POST, "/v1/collectors", {
      token,
      body: { ...body, state: "running", version: "1.2" },
    });
    expect([updated.status, updated.body.id, updated.body.state]).toEqual([200, created.body.id, "running"]);
    const path = `/v1/collectors/${created.body.id}`;
    expect((await call(v1.DELETE, path, { token, method: "DELETE" })).status).toBe(204);
    expect((await call(v1.GET, path, { token })).status).toBe(404);
  });
});

describe("metrics", () => {
  test("are ingested all or nothing, and queried by range and name", async () => {
    const place = await createPlace();
    const token = await tokenFor(place);
    const { id } = await createDataset(place);
    const path = `/v1/metrics/${id}`;
    const at = (hour: number, name = "load") => ({ ...point, name, time: `2026-11-01T${hour}:00:00Z`, value: hour });
    const sent = await call(v1.POST, path, { token, body: [at(10), at(11), at(12), at(11, "memory")] });
    expect([sent.status, sent.body]).toEqual([201, { accepted: 4 }]);
    const query = async (text: string) =>
      (await call(v1.GET, `${path}?${text}`, { token })).body.items.map((item: { value: number }) => item.value);
    expect(await query("name=load")).toEqual([10, 11, 12]);
    expect(await query("from=2026-11-01T11:00:00Z&to=2026-11-01T12:00:00Z")).toEqual([11, 11]);
    const refused = await call(v1.POST, path, { token, body: [at(13), { ...at(14), value: "high" }] });
    expect([refused.status, refused.body.issues[0].path]).toEqual([400, "1.value"]);
    expect(await db.metricPoint.count({ where: { datasetId: id } })).toBe(4);
  });

  test("a call takes 10,000 points and no more", async () => {
    const place = await createPlace();
    const token = await tokenFor(place);
    const { id } = await createDataset(place);
    const points = Array.from({ length: 10_001 }, () => point);
    const refused = await call(v1.POST, `/v1/metrics/${id}`, { token, body: points });
    expect([refused.status, refused.body.error]).toEqual([400, "invalid_request"]);
    const sent = await call(v1.POST, `/v1/metrics/${id}`, { token, body: points.slice(1) });
    expect([sent.status, sent.body.accepted]).toEqual([201, 10_000]);
  });

  test("a token limited to one dataset neither sees nor fills another; nor does another tenant's", async () => {
    const place = await createPlace();
    const mine = await createDataset(place, "mine");
    const other = await createDataset(place, "other");
    const foreign = await createDataset(await createPlace());
    const scopes = ["metrics:read", "metrics:write"] as const;
    const { secret: token } = await createTokenRow(place, { scopes, resources: { datasets: [mine.id] } });
    const listed = await call(v1.GET, "/v1/datasets", { token });
    expect(listed.body.items.map((item: { name: string }) => item.name)).toEqual(["mine"]);
    const statusOf = async (id: string) => (await call(v1.POST, `/v1/metrics/${id}`, { token, body: [point] })).status;
    expect([await statusOf(mine.id), await statusOf(other.id), await statusOf(foreign.id)]).toEqual([201, 404, 404]);
    expect((await call(v1.GET, `/v1/metrics/${other.id}`, { token })).status).toBe(404);
    expect((await call(v1.POST, "/v1/datasets", { token, body: { name: "new" } })).status).toBe(403);
  });
});

describe("alerts", () => {
  test("are raised, acknowledged and resolved, each once; raising one again opens it anew", async () => {
    const place = await createPlace();
    const token = await tokenFor(place);
    const body = { name: "disk-full", summary: "Disk at 95 %", severity: "critical" };
    const { body: alert } = await call(v1.POST, "/v1/alerts", { token, body });
    expect(alert.state).toBe("open");
    const step = (name: string) => call(v1.POST, `/v1/alerts/${alert.id}/${name}`, { token, method: "POST" });
    const [first, second] = [await step("acknowledge"), await step("acknowledge")];
    expect([first.body.state, second.status]).toEqual(["acknowledged", 409]);
    expect((await step("resolve")).body.state).toBe("resolved");
    expect((await step("resolve")).status).toBe(409);
    expect((await step("acknowledge")).status).toBe(409);
    const again = await call(v1.POST, "/v1/alerts", { token, body });
    expect([again.status, again.body.id, again.body.state]).toEqual([200, alert.id, "open"]);
    const events = await db.auditEvent.findMany({
      where: { targetId: alert.id, targetKind: "alert" },
      orderBy: { id: "asc" },
      select: { action: true },
    });
    expect(events.map(({ action }) => action)).toEqual([
      "alert.created",
      "alert.acknowledged",
      "alert.resolved",
      "alert.updated",
    ]);
  });
});

describe("knowledge", () => {
  test("is found by words of its name and body, of this tenant only", async () => {
    const place = await createPlace();
    const token = await tokenFor(place);
    const elsewhere = await tokenFor(await createPlace());
    const write = (name: string, body: string, by = token) =>
      call(v1.POST, "/v1/knowledge", { token: by, body: { name, body } });
    await write("Restoring backups", "Stop the collectors, then restore the newest archive.");
    await write("Rotating tokens", "Rotate with an overlap of one hour.");
    await write("Backups elsewhere", "Restored by others", elsewhere);
    const find = async (q: string) =>
      (await call(v1.GET, `/v1/knowledge?q=${encodeURIComponent(q)}`, { token })).body.items.map(
        (item: { name: string }) => item.name,
      );
    expect(await find("restore backup")).toEqual(["Restoring backups"]);
    expect(await find("collector")).toEqual(["Restoring backups"]);
    expect(await find('"one hour"')).toEqual(["Rotating tokens"]);
    expect(await find("backup -archive")).toEqual([]);
    expect(await find("' OR 1=1 --")).toEqual([]);
  });
});

test("paths that are none are 404 in the API's own shape", async () => {
  const token = await tokenFor(await createPlace());
  for (const path of ["/v1", "/v1/", "/v1/nothing", "/v1/alerts/", "/v1/pipe%6cines", "/v1/alerts/x/y/z"]) {
    const answer = await call(v1.GET, path, { token });
    expect([path, answer.status, answer.body.error]).toEqual([path, 404, "not_found"]);
  }
});
