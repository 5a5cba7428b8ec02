import { afterAll, expect, test, vi } from "vitest";
import { ssoProvider } from "./provider";

// Settings are read when lib/env is first imported, and the provider's port is one.
const provider = await vi.hoisted(async () => {
  const { startTestProvider } = await import("@/lib/test/openid-provider");
  const started = await startTestProvider();
  process.env.OIDC_ISSUER = started.issuer;
  process.env.OIDC_CLIENT_ID = "praxis";
  process.env.OIDC_CLIENT_SECRET = "a-secret-of-the-tests";
  return started;
});

afterAll(() => provider.stop());

test("a provider is used only while it answers and calls itself what the settings do; from then on at once", async () => {
  const wrong: [Record<string, unknown>, string][] = [
    [{ issuer: "https://login.example.com" }, "sso_wrong_issuer"],
    [{ issuer: undefined }, "sso_provider_unavailable"],
  ];
  for (const [metadata, reason] of wrong) {
    provider.metadata = metadata;
    await expect(ssoProvider()).rejects.toMatchObject({ reason });
  }
  provider.metadata = {};
  provider.down = true;
  await expect(ssoProvider()).rejects.toMatchObject({ reason: "sso_provider_unavailable" });
  provider.down = false;
  const { configuration } = await ssoProvider();
  expect(configuration.serverMetadata().issuer).toBe(provider.issuer);
});
