import { afterEach, expect, test, vi } from "vitest";
import * as revoke from "@/app/identity/tokens/revoke/route";
import { db } from "@/lib/db/client";
import { call } from "@/lib/test/calls";
import { createPlace, createTokenRow } from "@/lib/test/fixtures";
import { makeJobsDue, runJobs } from "@/lib/test/jobs";
import { startReceiver } from "@/lib/test/receiver";
import { createWebhookRow } from "@/lib/test/webhooks";

// Read when lib/env is first imported: the receiver of this test is on this machine.
vi.hoisted(() => {
  process.env.WEBHOOK_PRIVATE_ADDRESSES = "allow";
});

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

test("a message continues the trace of the call that brought it about, at each try with a span of its own", async () => {
  const started = await startReceiver((_, response) => response.writeHead(500).end());
  stop = started.stop;
  const place = await createPlace();
  await createWebhookRow(place, { url: started.url });
  const { secret: token } = await createTokenRow(place, { scopes: ["token:write"] });
  const { id } = await createTokenRow(place);
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const callerSpan = "00f067aa0ba902b7";
  const answer = await call(revoke.POST, "/identity/tokens/revoke", {
    token,
    headers: { traceparent: `00-${traceId}-${callerSpan}-01` },
    body: { ids: [id], reason: "compromised" },
  });
  expect([answer.status, answer.headers.get("x-correlation-id")]).toEqual([200, traceId]);
  expect(await db.auditEvent.findFirst({ where: { targetId: id } })).toMatchObject({ correlationId: traceId });

  await runJobs();
  await makeJobsDue();
  await runJobs();
  const parents = started.messages.map(({ headers }) => String(headers.traceparent));
  expect(parents).toHaveLength(2);
  for (const parent of parents) expect(parent).toMatch(new RegExp(`^00-${traceId}-(?!0{16})[0-9a-f]{16}-00$`));
  expect(new Set([...parents.map((parent) => parent.split("-")[2]), callerSpan]).size).toBe(3);
});
