import { generateKeyPairSync } from "node:crypto";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/env";

describe("settings", () => {
  test("every setting has a default or may be absent", () => {
    expect(parseEnv({})).toEqual({
      ok: true,
      env: {
        PORT: 3000,
        HOST: "127.0.0.1",
        DATA_DIR: resolve(".data"),
        ADMIN_EMAIL: "admin@example.com",
        CONTEXT_HEADERS: "optional",
        TRUSTED_PROXIES: [],
        WEBHOOK_PRIVATE_ADDRESSES: "refuse",
        RATE_LIMIT_TOKEN: { count: 6000, seconds: 60 },
        RATE_LIMIT_FAILED_AUTH: { count: 300, seconds: 60 },
        RATE_LIMIT_SIGN_IN: { count: 10, seconds: 900 },
        RATE_LIMIT_SIGN_IN_ADDRESS: { count: 100, seconds: 900 },
        SESSION_IDLE_SECONDS: 43_200,
        SESSION_LIFETIME_SECONDS: 2_592_000,
        REAUTHENTICATION_WINDOW_SECONDS: 900,
        OIDC_NAME: "SSO",
        OIDC_SCOPES: "openid email profile",
        OIDC_GROUPS_CLAIM: "groups",
        OIDC_ROLE_MAP: [],
        OIDC_SESSION_SECONDS: 43_200,
        ACCESS_LOG: "durable",
        WORKERS: 1,
        METRICS_HOST: "127.0.0.1",
        LOG_LEVEL: "info",
      },
    });
  });

  test("an empty variable counts as absent", () => {
    const result = parseEnv({ PORT: "", DATABASE_URL: "", ADMIN_PASSWORD: "", TRUSTED_PROXIES: "" });
    expect(result).toMatchObject({ ok: true, env: { PORT: 3000, TRUSTED_PROXIES: [] } });
  });

  test("proxies are a comma list of addresses and ranges", () => {
    const result = parseEnv({ TRUSTED_PROXIES: "10.0.0.1, 10.1.0.0/16,::1 , fd00::/8" });
    expect(result).toMatchObject({ env: { TRUSTED_PROXIES: ["10.0.0.1", "10.1.0.0/16", "::1", "fd00::/8"] } });
  });

  test("single sign-on needs all that it is made of, and only a provider on this machine may do without TLS", () => {
    const given = { OIDC_ISSUER: "https://login.example.com", OIDC_CLIENT_ID: "praxis", OIDC_CLIENT_SECRET: "secret" };
    const rule = { group: "admins", organization: "0198a2f6-0000-7000-8000-000000000001", role: "admin" };
    expect(parseEnv({ ...given, OIDC_ROLE_MAP: JSON.stringify([rule]) })).toMatchObject({
      ok: true,
      env: { OIDC_ROLE_MAP: [rule] },
    });
    expect(parseEnv({ ...given, OIDC_ISSUER: "http://localhost:8080" }).ok).toBe(true);
    const problems: [Record<string, string>, RegExp][] = [
      [{ OIDC_ISSUER: "http://login.example.com" }, /^OIDC_ISSUER: expected https/],
      [{ OIDC_ISSUER: "login.example.com" }, /^OIDC_ISSUER: expected the provider's address/],
      [{ OIDC_CLIENT_SECRET: "" }, /^OIDC_ISSUER: give .* together/],
      [{ OIDC_SCOPES: "email" }, /^OIDC_SCOPES: expected scopes that begin with openid/],
      [{ OIDC_SESSION_SECONDS: "12h" }, /^OIDC_SESSION_SECONDS: expected a whole number/],
      [{ OIDC_ROLE_MAP: "admins=admin" }, /^OIDC_ROLE_MAP: not a JSON array/],
      [{ OIDC_ROLE_MAP: JSON.stringify([{ ...rule, role: "boss" }]) }, /^OIDC_ROLE_MAP: 0.role: expected one of owner/],
      [
        { OIDC_ROLE_MAP: JSON.stringify([{ ...rule, organization: "Acme" }]) },
        /^OIDC_ROLE_MAP: 0.organization: expected the id/,
      ],
    ];
    for (const [wrong, problem] of problems)
      expect(parseEnv({ ...given, ...wrong })).toEqual({ ok: false, problems: [expect.stringMatching(problem)] });
    expect(parseEnv({ OIDC_ROLE_MAP: JSON.stringify([rule]) })).toMatchObject({ ok: false });
  });

  test("an e-mail address is kept in lower case", () => {
    expect(parseEnv({ ADMIN_EMAIL: "Admin@Example.com" })).toMatchObject({ env: { ADMIN_EMAIL: "admin@example.com" } });
  });

  test("the key that signs audit heads is an Ed25519 private key, as PEM or in a file", () => {
    const pem = (type: "ed25519" | "x25519") =>
      (type === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("x25519")).privateKey
        .export({ type: "pkcs8", format: "pem" })
        .toString();
    const given = parseEnv({ AUDIT_SIGNING_KEY: pem("ed25519").replaceAll("\n", "\\n") });
    expect(given.ok && given.env.AUDIT_SIGNING_KEY?.asymmetricKeyType).toBe("ed25519");
    for (const AUDIT_SIGNING_KEY of [pem("x25519"), "no/such/file", "package.json"])
      expect(parseEnv({ AUDIT_SIGNING_KEY })).toEqual({
        ok: false,
        problems: ["AUDIT_SIGNING_KEY: expected an Ed25519 private key as PEM, or a file that holds one"],
      });
  });

  test("every bad setting is named once, with what is expected", () => {
    const result = parseEnv({
      PORT: "http",
      HOST: "a b",
      DATABASE_URL: "mysql://localhost/x",
      AUTH_SECRET: "short",
      AUTH_URL: "identity.example.com",
      ADMIN_EMAIL: "admin",
      ADMIN_PASSWORD: "short",
      CONTEXT_HEADERS: "yes",
      TRUSTED_PROXIES: "10.0.0.1,proxy",
      REDIS_URL: "http://localhost",
      RATE_LIMIT_TOKEN: "0/60",
      RATE_LIMIT_FAILED_AUTH: "many",
      RATE_LIMIT_SIGN_IN: "10 an hour",
      SESSION_IDLE_SECONDS: "12h",
      SESSION_LIFETIME_SECONDS: "0",
      REAUTHENTICATION_WINDOW_SECONDS: "never",
      ACCESS_LOG: "on",
      WORKERS: "0",
      LOG_LEVEL: "loud",
    });
    expect(result).toEqual({
      ok: false,
      problems: [
        "PORT: expected a whole number from 1 to 65535",
        "HOST: expected a host name or an address to listen on",
        "DATABASE_URL: expected a URL like postgresql://user:password@host:5432/database",
        "AUTH_SECRET: expected at least 32 characters",
        "AUTH_URL: expected the public address, like https://identity.example.com",
        "ADMIN_EMAIL: expected an e-mail address",
        "ADMIN_PASSWORD: expected at least 15 characters",
        "CONTEXT_HEADERS: expected one of optional, required",
        "TRUSTED_PROXIES: expected addresses or ranges, like 10.0.0.1, 10.1.0.0/16",
        "REDIS_URL: expected a URL like redis://host:6379",
        'RATE_LIMIT_TOKEN: expected count/seconds, like 6000/60, or "off"',
        'RATE_LIMIT_FAILED_AUTH: expected count/seconds, like 6000/60, or "off"',
        'RATE_LIMIT_SIGN_IN: expected count/seconds, like 6000/60, or "off"',
        "SESSION_IDLE_SECONDS: expected a whole number from 60 to 34560000",
        "SESSION_LIFETIME_SECONDS: expected a whole number from 60 to 34560000",
        'REAUTHENTICATION_WINDOW_SECONDS: expected seconds, like 900, or "off"',
        "ACCESS_LOG: expected one of durable, buffered, off",
        "WORKERS: expected a whole number from 1 to 64",
        "LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent",
      ],
    });
  });

  test.each(["0", "65536", "-1", "3000.5", "0x10", "3000 "])("port %j is refused", (PORT) => {
    expect(parseEnv({ PORT })).toMatchObject({ ok: false });
  });
});
