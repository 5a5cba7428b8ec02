import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { openHead, type SignedHead, signHead } from "@/lib/audit/head";
import { auditSigningKey } from "@/lib/audit/signing-key";
import { verifyAudit } from "@/lib/audit/verify-chain";
import { pool } from "@/lib/db/pool";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { addAuditEvents, createMember, createPlace, type Place } from "@/lib/test/fixtures";
import * as head from "./route";

const path = "/identity/audit-events/head";

async function readHead(place: Place) {
  const cookie = await sessionCookie(await createMember(place, "admin"));
  return call(head.GET, path, { cookie, headers: contextOf(place) });
}

test("says where the tenant's chain stands, and the log agrees with it later", async () => {
  const place = await createPlace();
  const empty = await readHead(place);
  expect(empty.body).toMatchObject({ chainId: place.tenantId, sequence: 0, hash: "0".repeat(64) });
  await addAuditEvents(place, [{}, {}, {}]);
  const { status, body } = await readHead(place);
  expect([status, body.sequence]).toEqual([200, 3]);
  await addAuditEvents(place, [{}]);
  const opened = [empty.body, body].flatMap(
    (signed: SignedHead) => openHead(signed, createPublicKey(body.publicKey)) ?? [],
  );
  expect(opened).toHaveLength(2);
  const client = await pool.connect();
  const { faults } = await verifyAudit(client, opened).finally(() => client.release());
  expect(faults).toEqual([]);
});

test("proves nothing once it was changed, or under another key", () => {
  const signed = signHead({ chainId: crypto.randomUUID(), sequence: 7n, hash: Buffer.alloc(32, 1) });
  const key = createPublicKey(auditSigningKey());
  expect(openHead(signed, key)).toMatchObject({ chainId: signed.chainId, sequence: 7n });
  const changes = [
    { chainId: crypto.randomUUID() },
    { sequence: 6 },
    { hash: "ab".repeat(32) },
    { time: "2026-01-01T00:00:00.000Z" },
    { signature: "AAAA" },
  ];
  for (const change of changes) expect(openHead({ ...signed, ...change }, key)).toBeNull();
  const forger = generateKeyPairSync("ed25519");
  const forged = signHead({ chainId: signed.chainId, sequence: 6n, hash: Buffer.alloc(32, 2) }, forger.privateKey);
  expect(openHead(forged, key)).toBeNull();
});

test("needs audit:read", async () => {
  const place = await createPlace();
  const cookie = await sessionCookie(await createMember(place, "editor"));
  const answer = await call(head.GET, path, { cookie, headers: contextOf(place) });
  expect([answer.status, answer.body.scope]).toEqual([403, "audit:read"]);
});
