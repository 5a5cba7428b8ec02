import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { hashPassword } from "@/lib/passwords";
import "@/lib/test/calls";
import { createMember, createPlace } from "@/lib/test/fixtures";
import { signIn } from "./sign-in";

const password = "correct horse battery staple";

async function account() {
  return createMember(await createPlace(), "owner", { passwordHash: await hashPassword(password) });
}

function origin() {
  const correlationId = randomUUID().replaceAll("-", "");
  return {
    correlationId,
    method: "POST",
    path: "/api/auth/callback/credentials",
    address: "203.0.113.9",
    userAgent: null,
  };
}

describe("signing in with e-mail and password", () => {
  test("succeeds, also with the address in other letters, and is on record", async () => {
    const user = await account();
    const from = origin();
    const signedIn = await signIn({ email: ` ${user.email.toUpperCase()} `, password }, from);
    expect(signedIn).toMatchObject({ outcome: "signed_in", userId: user.id, sessionVersion: 1 });
    const event = await db.auditEvent.findFirstOrThrow({ where: { correlationId: from.correlationId } });
    expect(event).toMatchObject({ action: "session.started", actorId: user.id, address: "203.0.113.9" });
  });

  test("is on record in each organization that the user is a member of, and nowhere else", async () => {
    const user = await account();
    const places = [await createPlace(), await createPlace()];
    for (const { organizationId, tenantId } of places)
      await db.membership.createMany({
        data: [
          { userId: user.id, organizationId, role: "viewer" },
          { userId: user.id, organizationId, tenantId, role: "editor" },
        ],
      });
    for (const secret of [password, "wrong"]) await signIn({ email: user.email, password: secret }, origin());
    const events = await db.auditEvent.findMany({ where: { actorId: user.id } });
    const memberships = await db.membership.findMany({ where: { userId: user.id, tenantId: null } });
    const expected = memberships.flatMap(({ organizationId }) => [
      `session.refused ${organizationId} null`,
      `session.started ${organizationId} null`,
    ]);
    const found = events.map(({ action, organizationId, tenantId }) => `${action} ${organizationId} ${tenantId}`);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test("does not tell an unknown account, a wrong password and a disabled user apart; the record does", async () => {
    const user = await account();
    const disabled = await account();
    const withoutPassword = await createMember(await createPlace(), "viewer");
    await db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    for (const [email, secret, reason] of [
      ["nobody@example.com", password, "unknown_account"],
      [user.email, "wrong", "wrong_password"],
      [disabled.email, password, "account_disabled"],
      [withoutPassword.email, password, "wrong_password"],
    ] as const) {
      const from = origin();
      expect(await signIn({ email, password: secret }, from)).toEqual({ outcome: "refused" });
      const event = await db.auditEvent.findFirstOrThrow({
        where: { correlationId: from.correlationId },
        omit: { sequence: true },
      });
      expect(event).toMatchObject({ action: "session.refused", outcome: "denied", reason });
      expect(JSON.stringify(event)).not.toContain(secret === password ? password : '"wrong"');
    }
  });

  test.each([
    ["", ""],
    ["a@example.com", ""],
    ["a@example.com", "x".repeat(1025)],
  ])("nonsense is refused before any hashing: %.20j", async (email, secret) => {
    expect(await signIn({ email, password: secret }, origin())).toEqual({ outcome: "refused" });
  });

  test("begins a session that says where and with what, and ends the one this browser had", async () => {
    const user = await account();
    const started = async (replaces: string | null) => {
      const result = await signIn(
        { email: user.email, password },
        { ...origin(), userAgent: "Browser/1 \ud800 \0" },
        { replaces },
      );
      return result.outcome === "signed_in" ? result.sessionId : "";
    };
    const first = await started(null);
    const second = await started(first);
    const rows = await db.session.findMany({ where: { userId: user.id }, orderBy: { createdAt: "asc" } });
    expect(rows).toMatchObject([
      { id: first, endReason: "replaced", endedAt: expect.any(Date) },
      { id: second, endedAt: null, address: "203.0.113.9", userAgent: "Browser/1 \ufffd \ufffd", sessionVersion: 1 },
    ]);
  });

  test("takes a password in whatever form a keyboard composes it", async () => {
    const user = await createMember(await createPlace(), "viewer", {
      passwordHash: await hashPassword("ﬁne café au lait"),
    });
    const decomposed = "fine cafe\u0301 au lait";
    expect(await signIn({ email: user.email, password: decomposed }, origin())).toMatchObject({ outcome: "signed_in" });
  });

  test("passwords are stored as Argon2id with OWASP's parameters", async () => {
    expect(await hashPassword(password)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
