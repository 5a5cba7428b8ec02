import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { newSessionCookie } from "@/lib/auth";
import "@/lib/test/calls";

afterEach(() => vi.unstubAllEnvs());

function cookieAt(address: string) {
  vi.stubEnv("NEXTAUTH_URL", address);
  return newSessionCookie({ userId: randomUUID(), sessionVersion: 1, sessionId: randomUUID() });
}

test("over https the session cookie goes to this host by https alone; over plain HTTP it has no such name", async () => {
  expect(await cookieAt("https://id.example")).toMatchObject({
    name: expect.stringMatching(/^__(Host|Secure)-/),
    ...{ secure: true, httpOnly: true, sameSite: "lax", path: "/" },
  });
  const plain = await cookieAt("http://127.0.0.1:3000");
  expect(plain).toMatchObject({ secure: false, httpOnly: true, sameSite: "lax" });
  expect(plain.name).not.toMatch(/^__/);
});
