import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { verifyPassword } from "@/lib/passwords";
import { seedIfEmpty } from "./seed";

const operator = { adminEmail: "operator@example.com", adminPassword: "a password of the operator" };

async function accounts() {
  const users = await db.user.findMany({
    orderBy: { email: "asc" },
    select: { email: true, passwordHash: true, memberships: { select: { role: true } } },
  });
  const open = users.map(({ passwordHash }) => verifyPassword(passwordHash, operator.adminPassword));
  expect(await Promise.all(open)).toEqual(users.map(() => true));
  return users.map(({ email, memberships }) => `${email} ${memberships.map(({ role }) => role)}`);
}

test("a service that is for others has no account but its operator's; one to try has a member of each role", async () => {
  expect(await seedIfEmpty({ ...operator, sampleMembers: false })).toMatchObject({ created: true, sampleEmails: [] });
  expect(await accounts()).toEqual(["operator@example.com owner"]);
  expect(await seedIfEmpty({ ...operator, sampleMembers: true })).toEqual({ created: false });
  await db.$transaction([db.pipeline.deleteMany(), db.dataset.deleteMany(), db.membership.deleteMany()]);
  await db.$transaction([db.user.deleteMany(), db.tenant.deleteMany(), db.organization.deleteMany()]);
  await seedIfEmpty({ ...operator, sampleMembers: true });
  expect(await accounts()).toEqual([
    ...["admin@acme.example admin", "editor@acme.example editor"],
    ...["operator@example.com owner", "viewer@acme.example viewer"],
  ]);
});
