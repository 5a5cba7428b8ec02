import { describe, expect, test } from "vitest";
import { knownDevice, rememberDevice } from "./sign-in-device";

process.env.NEXTAUTH_SECRET = "a-secret-that-only-these-tests-know-0123456789";

const ada = "ada@example.com";

describe("the cookie of a known browser", () => {
  test("names the browser for the accounts it signed in to, the latest five", () => {
    let cookie: string | undefined;
    const accounts = [ada, "b@example.com", "c@example.com", "d@example.com", "e@example.com", "f@example.com"];
    for (const email of accounts) cookie = rememberDevice(cookie, email);
    const id = cookie?.split(".")[0];
    expect(accounts.map((email) => knownDevice(cookie, email))).toEqual([null, id, id, id, id, id]);
    expect(rememberDevice(cookie, "f@example.com")).toBe(cookie);
  });

  test("tells nothing of the account", () => {
    expect(rememberDevice(undefined, ada)).toMatch(/^[\w-]{22}\.[\w-]{22}$/);
    expect(rememberDevice(undefined, ada)).not.toBe(rememberDevice(undefined, ada));
  });

  test("cannot be made up, changed or moved to another browser", () => {
    const [id = "", signature = ""] = rememberDevice(undefined, ada).split(".");
    const [otherId = ""] = rememberDevice(undefined, ada).split(".");
    const flipped = signature.replace(/^./, (first) => (first === "A" ? "B" : "A"));
    const forgeries = [undefined, "", ".", id, `${id}.`, `${id}.${flipped}`, `${otherId}.${signature}`, "é".repeat(45)];
    for (const forgery of forgeries) expect(knownDevice(forgery, ada)).toBeNull();
    expect(knownDevice(`${id}.${signature}`, ada)).toBe(id);
    expect(knownDevice(`${id}.${signature}`, "b@example.com")).toBeNull();
  });
});
