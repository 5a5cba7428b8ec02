import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { hashPassword } from "@/lib/passwords";
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
    expect(signedIn).toEqual({ id: user.id, sessionVersion: 1 });
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
      expect(await signIn({ email, password: secret }, from)).toBeNull();
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
    expect(await signIn({ email, password: secret }, origin())).toBeNull();
  });

  test("passwords are stored as Argon2id with OWASP's parameters", async () => {
    expect(await hashPassword(password)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
