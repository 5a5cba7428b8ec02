import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { giveDueNotices } from "@/lib/jobs/tokens/notices";
import "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { makeJobsDue, runJobs } from "@/lib/test/jobs";
import { startMailServer } from "@/lib/test/mail-server";
import { queueNotices } from "./queue";
import type { Notice } from "./schema";

// Read when lib/env is first imported.
const { smtpPort } = await vi.hoisted(async () => {
  const { freePort } = await import("@/lib/free-port");
  const port = await freePort();
  process.env.SMTP_URL = `smtp://127.0.0.1:${port}`;
  process.env.SMTP_FROM = "Praxis Identity <praxis@example.com>";
  return { smtpPort: port };
});

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function mailServer(options: { refusals?: number } = {}) {
  const server = await startMailServer(smtpPort, options);
  stops.push(server.stop);
  return server;
}

test("those who manage the tenant's tokens are told, and nobody else", async () => {
  const { mails } = await mailServer();
  const place = await createPlace();
  const owner = await createMember(place, "owner");
  const here = await createMember(place, "admin", { only: "tenant" });
  const disabled = await createMember(place, "admin");
  await db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
  await createMember(place, "editor");
  await createMember(await createTenant(place), "admin", { only: "tenant" });
  await tell(place, [revoked("CI")]);
  await runJobs();
  expect(mails.flatMap(({ to }) => to).sort()).toEqual([here.email, owner.email].sort());
  for (const { content, to } of mails) {
    expect(to).toHaveLength(1);
    expect(content).toContain("From: Praxis Identity <praxis@example.com>");
    expect(content).toMatch(/Subject: “CI” was revoked as compromised · Organization [0-9a-f-]+ \/ east/);
    expect(content).toContain("CI (pxt_…abcd): revoked as compromised: found on a laptop");
    expect(content).toContain(`/identity/settings/tenant/tokens/`);
    expect(content).toContain(`tenant=${place.tenantId}`);
  }
});

test("names are text, whatever is in them", async () => {
  const { mails } = await mailServer();
  const place = await createPlace();
  await createMember(place, "owner", { name: 'Eve "The" <eve@example.com>, ' });
  await tell(place, [revoked(`<img src=x onerror="alert('1')"> & more`)]);
  await runJobs();
  const [text = "", html = ""] = mails[0]?.content.split("Content-Type: text/html") ?? [];
  expect(text).toContain(`<img src=x onerror="alert('1')"> & more`);
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more");
  expect(html).not.toContain("<img");
  expect(mails).toHaveLength(1);
  expect(mails[0]?.to).toHaveLength(1);
});

test("10,000 tokens are one e-mail that names some and counts all", async () => {
  const { mails } = await mailServer();
  const place = await createPlace();
  await createMember(place, "owner");
  await tell(
    place,
    Array.from({ length: 10_000 }, (_, index) => revoked(`Token ${index}`)),
  );
  await runJobs();
  expect(mails).toHaveLength(1);
  expect(mails[0]?.content).toContain("10000 tokens were revoked as compromised");
  expect(mails[0]?.content).toContain("Token 19 (");
  expect(mails[0]?.content).toContain("And 9980 more: ");
  expect(mails[0]?.content).not.toContain("Token 20 (");
});

test("an e-mail that the server does not take is tried again, for that person alone", async () => {
  const { mails } = await mailServer({ refusals: 1 });
  const place = await createPlace();
  await createMember(place, "owner");
  await createMember(place, "admin");
  await tell(place, [revoked("CI")]);
  await runJobs();
  expect(mails).toHaveLength(1);
  await makeJobsDue();
  await runJobs();
  expect(mails).toHaveLength(2);
  expect(new Set(mails.map(({ to }) => to[0])).size).toBe(2);
});

test("the owner of a personal token is told that it expires, once", async () => {
  const { mails } = await mailServer();
  const place = await createPlace();
  const owner = await createMember(place, "viewer");
  const { id } = await createTokenRow(place, {
    ...{ kind: "personal", creatorId: owner.id, name: "Laptop" },
    expiresAt: new Date(Date.now() + 2 * 24 * 60 * 60 * 1000),
  });
  await db.token.update({ where: { id }, data: { createdAt: new Date("2026-01-01") } });
  await giveDueNotices(new Date());
  await giveDueNotices(new Date());
  await runJobs();
  expect(mails).toHaveLength(1);
  expect(mails[0]?.to).toEqual([owner.email]);
  expect(mails[0]?.content).toMatch(/Subject: “Laptop” expires on \d+ \w+ \d{4} · your personal tokens/);
  expect(mails[0]?.content).toContain("/identity/profile?tab=personal-tokens");
});

function revoked(name: string): Notice {
  const token = { id: randomUUID(), name, hint: "pxt_…abcd" };
  return { type: "token.revoked", token, reason: "compromised", note: "found on a laptop" };
}

function tell(place: Place, notices: Notice[]): Promise<void> {
  return db.$transaction((transaction) => queueNotices(transaction, place, notices));
}
