import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { sessionPrincipal } from "@/lib/gates/session";
import { hashPassword } from "@/lib/passwords";
import { sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace } from "@/lib/test/fixtures";
import { signIn } from "./sign-in";
import { throttledProblem } from "./sign-in-throttle";

// Read when lib/env is first imported.
vi.hoisted(() => {
  process.env.RATE_LIMIT_SIGN_IN = "3/900";
  process.env.RATE_LIMIT_SIGN_IN_ADDRESS = "6/900";
});

const password = "correct horse battery staple";
const addresses = Array.from({ length: 250 }, (_, index) => `198.51.100.${index + 1}`);

/** Where an attempt comes from: an address that was never seen, unless one is named. */
function from(address = addresses.pop() ?? "") {
  const correlationId = randomUUID().replaceAll("-", "");
  return { correlationId, method: "POST", path: "/api/auth/callback/credentials", address, userAgent: null };
}

async function account() {
  return createMember(await createPlace(), "owner", { passwordHash: await hashPassword(password) });
}

/** Signs in and returns the cookie by which this browser is known from then on. */
async function knownBrowser(email: string): Promise<string> {
  const result = await signIn({ email, password }, from());
  if (result.outcome !== "signed_in") throw new Error(result.outcome);
  return result.deviceCookie;
}

async function failures(email: string, count: number, address?: string): Promise<string[]> {
  const outcomes = [];
  for (let attempt = 0; attempt < count; attempt++)
    outcomes.push((await signIn({ email, password: "a stranger's guess" }, from(address))).outcome);
  return outcomes;
}

describe("too many failed sign-ins to one account", () => {
  test("stop strangers, also with the right password; not the owner's sessions, nor a browser that is known", async () => {
    const user = await account();
    const deviceCookie = await knownBrowser(user.email);
    const session = await sessionCookie(user);
    expect(await failures(user.email, 4)).toEqual(["refused", "refused", "refused", "throttled"]);
    expect(await signIn({ email: user.email, password }, from())).toMatchObject({ outcome: "throttled" });
    expect(await sessionPrincipal(session)).toMatchObject({ user: { id: user.id } });
    const owner = await signIn({ email: ` ${user.email.toUpperCase()}`, password }, from(), { deviceCookie });
    expect(owner).toMatchObject({ outcome: "signed_in", userId: user.id });
  });

  test("are answered alike whether or not there is such an account", async () => {
    const user = await account();
    const told = async (email: string) => {
      await failures(email, 3);
      const result = await signIn({ email, password }, from());
      return result.outcome === "throttled" ? throttledProblem({ ...result.quota, resetSeconds: 900 }) : null;
    };
    const known = await told(user.email);
    expect(known?.message).toBe("Too many failed attempts. Try again in 15 minutes.");
    expect(await told(`nobody-${randomUUID()}@example.com`)).toEqual(known);
  });

  test("are no more when they come all at once", async () => {
    const { email } = await account();
    const attempts = Array.from({ length: 12 }, () => signIn({ email, password: "a stranger's guess" }, from()));
    const outcomes = (await Promise.all(attempts)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "refused")).toHaveLength(3);
  });

  test("count failures only: an account that is signed in to often is not throttled", async () => {
    const { email } = await account();
    for (let more = 0; more < 5; more++)
      expect(await signIn({ email, password }, from())).toMatchObject({ outcome: "signed_in" });
  });

  test("are on record one by one, and the throttle once", async () => {
    const user = await account();
    await failures(user.email, 7);
    const events = await db.auditEvent.findMany({ where: { actorId: user.id }, orderBy: { occurredAt: "asc" } });
    expect(events.map(({ action, reason }) => [action, reason])).toEqual([
      ...Array.from({ length: 3 }, () => ["session.refused", "wrong_password"]),
      ["session.refused", "throttled_account"],
    ]);
  });
});

describe("a known browser", () => {
  test("has a counter of its own: its failures stop neither another one nor strangers", async () => {
    const { email } = await account();
    const [mine, other] = [await knownBrowser(email), await knownBrowser(email)];
    const tried = (deviceCookie: string, secret: string) =>
      signIn({ email, password: secret }, from(), { deviceCookie }).then(({ outcome }) => outcome);
    for (let more = 0; more < 3; more++) expect(await tried(mine, "forgotten")).toBe("refused");
    expect(await tried(mine, password)).toBe("throttled");
    expect(await tried(other, password)).toBe("signed_in");
    expect((await signIn({ email, password }, from())).outcome).toBe("signed_in");
  });

  test("is known for the account it signed in to, and for no other", async () => {
    const [mine, theirs] = [await account(), await account()];
    const deviceCookie = await knownBrowser(mine.email);
    await failures(theirs.email, 3);
    const elsewhere = await signIn({ email: theirs.email, password }, from(), { deviceCookie });
    expect(elsewhere.outcome).toBe("throttled");
  });
});

describe("too many failed sign-ins from one address", () => {
  test("stop it for every account, but for the browsers that are known there", async () => {
    const address = "203.0.113.77";
    const user = await account();
    const deviceCookie = await knownBrowser(user.email);
    for (let more = 0; more < 6; more++)
      expect(await failures(`nobody-${randomUUID()}@example.com`, 1, address)).toEqual(["refused"]);
    expect((await signIn({ email: user.email, password }, from(address))).outcome).toBe("throttled");
    expect((await signIn({ email: user.email, password }, from(address), { deviceCookie })).outcome).toBe("signed_in");
    expect((await signIn({ email: user.email, password }, from())).outcome).toBe("signed_in");
  });

  test("are counted by network where an address costs nothing: IPv6", async () => {
    const { email } = await account();
    for (let host = 1; host <= 6; host++)
      await failures(`nobody-${randomUUID()}@example.com`, 1, `2001:db8:0:7::${host}`);
    expect((await signIn({ email, password }, from("2001:db8::7:1:2:3:4"))).outcome).toBe("throttled");
    expect((await signIn({ email, password }, from("2001:db8:0:8::1"))).outcome).toBe("signed_in");
  });
});
