import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function headersAt(address: string): Promise<Readonly<Record<string, string>>> {
  vi.stubEnv("AUTH_URL", address);
  return (await import("./security-headers")).apiHeaders;
}

test("browsers that came by https come by nothing else for a year; over plain HTTP nothing is demanded", async () => {
  const seconds = /^max-age=(\d+)/.exec(
    (await headersAt("https://id.example"))["strict-transport-security"] ?? "",
  )?.[1];
  expect(Number(seconds)).toBeGreaterThanOrEqual(365 * 24 * 60 * 60);
  vi.resetModules();
  expect(await headersAt("http://127.0.0.1:3000")).not.toHaveProperty("strict-transport-security");
});
