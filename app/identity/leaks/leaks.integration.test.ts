import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import * as leaks from "@/app/identity/leaks/route";
import * as self from "@/app/identity/tokens/self/route";
import { db } from "@/lib/db/client";
import { call, contextOf } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow } from "@/lib/test/fixtures";
import { bent, makeSigner, type Signer, signedHeaders } from "@/lib/test/signing";
import { createWebhookRow } from "@/lib/test/webhooks";
import { generateSecret } from "@/lib/tokens/secret";

// Read when lib/env is first imported.
const { current, former } = await vi.hoisted(async () => {
  const { makeSigner } = await import("@/lib/test/signing");
  const signers = { current: makeSigner("current"), former: makeSigner("former", { isCurrent: false }) };
  process.env.LEAK_REPORT_KEYS = JSON.stringify({ public_keys: Object.values(signers).map((one) => one.published) });
  process.env.RATE_LIMIT_FAILED_AUTH = "4/60";
  return signers;
});

const place = "https://github.com/octocat/Hello-World/blob/12345600b9cbe38a219f39a9941c9319b600c002/foo/bar.txt";

function finding(token: string, more: object = {}) {
  return { token, type: "praxis_api_token", url: place, source: "content", ...more };
}

/** Sends a report with these headers, or as this signer signs it; from an address of its own unless one is named. */
function send(report: unknown, by: Signer | { headers: Record<string, string> }, address: string = randomUUID()) {
  const body = typeof report === "string" ? report : JSON.stringify(report);
  const headers = "headers" in by ? by.headers : signedHeaders(by, body);
  return call(leaks.POST, "/identity/leaks", { body, headers: { ...headers, "x-praxis-client-address": address } });
}

function eventsAbout(id: string) {
  return db.auditEvent.findMany({ where: { targetId: id, actorKind: "system" }, orderBy: { action: "asc" } });
}

describe("a signed report", () => {
  test("revokes the token at once, as compromised, by the system, and says where it was found", async () => {
    const token = await createTokenRow(await createPlace());
    const answer = await send([finding(token.secret)], current);
    expect([answer.status, answer.body]).toEqual([
      200,
      [{ token_hash: await sha256(token.secret), token_type: "praxis_api_token", label: "true_positive" }],
    ]);
    expect((await call(self.GET, "/identity/tokens/self", { token: token.secret })).status).toBe(401);
    const row = await db.token.findUniqueOrThrow({ where: { id: token.id } });
    expect(row).toMatchObject({
      revokedById: null,
      revokedReason: "compromised",
      revokedNote: `Reported as leaked, found in content at ${place}`,
    });
    expect(await eventsAbout(token.id)).toMatchObject([
      {
        action: "token.leak_reported",
        actorLabel: "Leak report",
        tenantId: row.tenantId,
        details: { url: place, source: "content", alreadyRevoked: false },
      },
      { action: "token.revoked", reason: "compromised", tenantId: row.tenantId, organizationId: row.organizationId },
    ]);
  });

  test("is judged finding by finding, in its order; what is not ours changes nothing", async () => {
    const here = await createPlace();
    const there = await createTenant(here);
    const [one, other, untouched] = [
      await createTokenRow(here),
      await createTokenRow(there),
      await createTokenRow(here),
    ];
    const findings = [generateSecret("api"), one.secret, "pxt_nonsense", other.secret, one.secret].map((secret) =>
      finding(secret, { type: `type of ${secret.length}` }),
    );
    const { body } = await send(findings, current);
    const labels = body.map(({ label }: { label: string }) => label.split("_")[0]);
    expect(labels).toEqual(["false", "true", "false", "true", "true"]);
    expect(body.map((verdict: { token_type: string }) => verdict.token_type)).toEqual(findings.map(({ type }) => type));
    const working = await db.token.findMany({ where: { organizationId: here.organizationId, revokedAt: null } });
    expect(working.map(({ id }) => id)).toEqual([untouched.id]);
  });

  test("records each place once where a token was found, and its revocation once", async () => {
    const token = await createTokenRow(await createPlace());
    const elsewhere = { url: "https://gist.github.com/x", source: "gist_content" };
    await send([finding(token.secret), finding(token.secret, elsewhere), finding(token.secret)], current);
    const actions = (await eventsAbout(token.id)).map(({ action }) => action);
    expect(actions).toEqual(["token.leak_reported", "token.leak_reported", "token.revoked"]);
    const { revokedNote } = await db.token.findUniqueOrThrow({ where: { id: token.id } });
    expect(revokedNote).toContain(place);
  });

  test("about a token that is dead already is put on record, is true, and changes nothing", async () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    const token = await createTokenRow(await createPlace(), { revokedAt: yesterday });
    const { body } = await send([finding(token.secret)], current);
    expect(body).toMatchObject([{ label: "true_positive" }]);
    const row = await db.token.findUniqueOrThrow({ where: { id: token.id } });
    expect([row.revokedAt, row.revokedById, row.revokedNote]).toEqual([yesterday, token.creatorId, null]);
    expect(await eventsAbout(token.id)).toMatchObject([
      { action: "token.leak_reported", details: { alreadyRevoked: true } },
    ]);
  });

  test("ends a personal token, too, and tells every organization in which it could be used", async () => {
    const [one, other] = [await createPlace(), await createPlace()];
    const { id: creatorId } = await createMember(one, "editor");
    await db.membership.create({ data: { userId: creatorId, ...other, role: "viewer" } });
    const token = await createTokenRow(one, { kind: "personal", creatorId });
    expect((await send([finding(token.secret)], current)).body).toMatchObject([{ label: "true_positive" }]);
    const refused = await call(self.GET, "/identity/tokens/self", { token: token.secret, headers: contextOf(one) });
    expect(refused.status).toBe(401);
    const events = await eventsAbout(token.id);
    const told = events.filter(({ action }) => action === "token.revoked");
    expect(told.map(({ organizationId }) => organizationId).sort()).toEqual(
      [one.organizationId, other.organizationId].sort(),
    );
    expect(events.every(({ tenantId }) => tenantId === null)).toBe(true);

    const loner = await db.user.create({ data: { email: `${randomUUID()}@example.com`, name: "Loner" } });
    const last = await createTokenRow(one, { kind: "personal", creatorId: loner.id });
    await send([finding(last.secret)], current);
    expect(await eventsAbout(last.id)).toMatchObject([{ organizationId: null }, { organizationId: null }]);
  });

  test("tells the tenant's webhooks once, however often the leak is reported", async () => {
    const here = await createPlace();
    const { id: webhookId } = await createWebhookRow(here);
    const token = await createTokenRow(here, { name: "Deploy job" });
    for (let round = 0; round < 2; round++) await send([finding(token.secret), finding(token.secret)], current);
    const deliveries = await db.webhookDelivery.findMany({ where: { webhookId }, orderBy: { event: "asc" } });
    expect(deliveries.map(({ event }) => event)).toEqual(["token.leaked", "token.revoked"]);
    expect(deliveries[0]?.payload).toMatchObject({ data: { token: { name: "Deploy job" }, foundAt: place } });
  });

  test("leaves the secret nowhere: not in the answer, the token, the record or the notices", async () => {
    const where = await createPlace();
    const token = await createTokenRow(where);
    await createWebhookRow(where);
    const url = `https://ada:${token.secret}@example.com/${token.secret}?q=${token.secret}`;
    const { body } = await send([finding(token.secret, { url, source: token.secret })], current);
    const events = await db.auditEvent.findMany();
    const tokens = await db.token.findMany();
    const deliveries = await db.webhookDelivery.findMany();
    expect(inspect([body, events, tokens, deliveries], { depth: 9, maxArrayLength: null })).not.toContain(
      token.secret.slice(4, 30),
    );
  });

  test("may leave out where, and may say more than the format does today", async () => {
    const token = await createTokenRow(await createPlace());
    const report = [{ token: token.secret, type: "t", url: "", commit: { sha: "abc" } }];
    expect((await send(report, current)).status).toBe(200);
    expect((await send([{ token: token.secret, type: "t", url: null }], current)).status).toBe(200);
  });

  test("of 1000 findings is one transaction; one more is too many", async () => {
    const here = await createPlace();
    const { creatorId } = await createTokenRow(here);
    const secrets = Array.from({ length: 1000 }, () => generateSecret("api"));
    const ours = await Promise.all(Array.from({ length: 20 }, () => createTokenRow(here, { creatorId })));
    const findings = [...secrets.slice(20), ...ours.map(({ secret }) => secret)].map((secret) => finding(secret));
    const { body } = await send(findings, current);
    expect(body.filter(({ label }: { label: string }) => label === "true_positive")).toHaveLength(20);
    const refused = await send([...findings, finding("x")], current);
    expect([refused.status, refused.body.message]).toEqual([400, "Report at most 1000 findings at once"]);
  });
});

describe("a report is refused", () => {
  test.each(["wrong key", "unknown key", "altered body", "no signature", "no identifier", "nonsense"] as const)(
    "with 401 and no effect: %s",
    async (flaw) => {
      const token = await createTokenRow(await createPlace());
      const body = JSON.stringify([finding(token.secret)]);
      const good = signedHeaders(current, body);
      const { "github-public-key-identifier": identifier = "", "github-public-key-signature": signature = "" } = good;
      const headers = {
        "wrong key": signedHeaders({ ...former, keyIdentifier: "current" }, body),
        "unknown key": signedHeaders(makeSigner("unknown"), body),
        "altered body": signedHeaders(current, body.replace("content", "commit")),
        "no signature": { "github-public-key-identifier": identifier },
        "no identifier": { "github-public-key-signature": signature },
        nonsense: { ...good, "github-public-key-signature": "nonsense" },
      }[flaw];
      const answer = await send(body, { headers });
      expect([answer.status, answer.body.error]).toEqual([401, "unauthorized"]);
      expect(answer.headers.get("www-authenticate")).toBe('Signature realm="praxis"');
      expect((await call(self.GET, "/identity/tokens/self", { token: token.secret })).status).toBe(200);
      expect(await eventsAbout(token.id)).toEqual([]);
    },
  );

  test("with a token or a session in place of a signature", async () => {
    const token = await createTokenRow(await createPlace(), { scopes: ["token:write"] });
    const authorization = `Bearer ${token.secret}`;
    expect((await send([finding(token.secret)], { headers: { authorization } })).status).toBe(401);
  });

  test("with 400 where its body is not of the format, 415 where it is no JSON, 413 where it is too large", async () => {
    const statusOf = async (body: string, headers = {}) =>
      (await send(body, { headers: { ...signedHeaders(current, body), ...headers } })).status;
    expect(await statusOf("[]")).toBe(400);
    expect(await statusOf('[{"token":1}]')).toBe(400);
    expect(await statusOf("[", {})).toBe(400);
    expect(await statusOf("[]", { "content-type": "text/plain" })).toBe(415);
    expect(await statusOf(" ".repeat(1024 * 1024 + 1))).toBe(413);
  });

  test("with 429 from an address that keeps failing, while the same address is heard when it signs rightly", async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++)
      statuses.push((await send([finding("x")], { headers: { authorization: "x" } }, "203.0.113.7")).status);
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
    expect((await send([finding("x")], current, "203.0.113.7")).status).toBe(200);
  });
});

describe("a key", () => {
  test("that is listed counts, also when it is no longer current", async () => {
    const token = await createTokenRow(await createPlace());
    expect((await send([finding(token.secret)], former)).body).toMatchObject([{ label: "true_positive" }]);
  });
});

describe("a replay", () => {
  test("is refused with 409, also with the signature written or bent in another way", async () => {
    const body = JSON.stringify([finding(generateSecret("api"))]);
    const headers = signedHeaders(current, body);
    const signature = headers["github-public-key-signature"] ?? "";
    expect((await send(body, { headers })).status).toBe(200);
    for (const again of [signature, signature.replace(/=+$/, ""), bent(signature)])
      expect((await send(body, { headers: { ...headers, "github-public-key-signature": again } })).status).toBe(409);
  });

  test("at the very same time, too: of parallel identical reports one is accepted, with one event", async () => {
    const token = await createTokenRow(await createPlace());
    const body = JSON.stringify([finding(token.secret)]);
    const headers = signedHeaders(current, body);
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(body, { headers })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
    expect((await eventsAbout(token.id)).map(({ action }) => action)).toEqual(["token.leak_reported", "token.revoked"]);
  });

  test("is not what two reports of the same leak are: both are accepted, and one revokes", async () => {
    const tokens = await Promise.all([createPlace(), createPlace()].map(async (where) => createTokenRow(await where)));
    const findings = tokens.map(({ secret }) => finding(secret));
    const reports = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? findings : findings.toReversed()));
    const answers = await Promise.all(reports.map((report) => send(report, current)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    for (const { id } of tokens) {
      const events = await eventsAbout(id);
      expect(events.filter(({ action }) => action === "token.revoked")).toHaveLength(1);
      expect(events.filter(({ action }) => action === "token.leak_reported")).toHaveLength(6);
    }
  });
});

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(text))).toString("hex");
}
