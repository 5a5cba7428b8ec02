import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { newSessionCookie, ssoCookie } from "@/lib/auth";
import "@/lib/test/calls";

afterEach(() => vi.unstubAllEnvs());

async function cookiesAt(address: string) {
  vi.stubEnv("NEXTAUTH_URL", address);
  const session = await newSessionCookie({ userId: randomUUID(), sessionVersion: 1, sessionId: randomUUID() });
  return [session, ssoCookie("a state", "kept")];
}

test("over https the session cookie goes to this host by https alone; over plain HTTP it has no such name", async () => {
  for (const cookie of await cookiesAt("https://id.example"))
    expect(cookie).toMatchObject({
      name: expect.stringMatching(/^__Host-/),
      ...{ secure: true, httpOnly: true, sameSite: "lax", path: "/" },
    });
  for (const cookie of await cookiesAt("http://127.0.0.1:3000")) {
    expect(cookie).toMatchObject({ secure: false, httpOnly: true, sameSite: "lax" });
    expect(cookie.name).not.toMatch(/^__/);
  }
});
