import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseEnv } from "@/lib/env";

const serviceSchema = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()).optional(),
  networks: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  volumes: z.array(z.string()).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  secrets: z.array(z.object({ source: z.string(), target: z.string() })).optional(),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.object({ ipam: z.object({ config: z.array(z.object({ subnet: z.string() })) }) })),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});
const composeText = readFileSync("compose.yaml", "utf8");
const { services, networks, volumes, secrets } = composeSchema.parse(parse(composeText, { merge: true }));
const apps = ["app-1", "app-2"].map((name) => services[name]);

const scratch = mkdtempSync(join(tmpdir(), "praxis-compose-"));
const signingKey = join(scratch, "key.pem");
beforeAll(() => {
  const { privateKey } = generateKeyPairSync("ed25519");
  writeFileSync(signingKey, privateKey.export({ type: "pkcs8", format: "pem" }));
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe("compose.yaml", () => {
  test("runs two like instances, whose settings the service knows and takes", () => {
    expect(apps[0]).toBeDefined();
    expect(apps[1]).toEqual(apps[0]);
    const environment = apps[0]?.environment ?? {};
    const known = new Set(readFileSync(".env.example", "utf8").match(/(?<=^#?)[A-Z_]+(?==)/gm));
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
    const given: Record<string, string> = {
      ...{ AUTH_URL: "https://identity.example.com", AUTH_SECRET: "0".repeat(64), POSTGRES_PASSWORD: "abcdef0123" },
      ...{ ADMIN_EMAIL: "you@example.com", ADMIN_PASSWORD: "a long enough password" },
    };
    const settings = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replace(/\$\{(\w+):\?\}/g, (_, key: string) => given[key] ?? ""),
      ]),
    );
    expect(parseEnv({ ...settings, AUDIT_SIGNING_KEY: signingKey })).toMatchObject({
      ok: true,
      env: { TRUSTED_PROXIES: [networks.inside?.ipam.config[0]?.subnet] },
    });
  });

  test("holds no secret: each comes from outside and has no default", () => {
    const values = Object.values(services).flatMap(({ environment = {} }) => Object.entries(environment));
    const secretValues = values.filter(([name]) => /PASSWORD|SECRET|DATABASE_URL/.test(name));
    expect(secretValues.length).toBeGreaterThan(5);
    for (const [, value] of secretValues) expect(value).toMatch(/\$\{\w+:\?\}/);
    const keyFile = secrets["audit-signing-key"]?.file.replace("./", "") ?? "";
    expect(apps[0]?.environment?.AUDIT_SIGNING_KEY).toBe(`/run/secrets/${apps[0]?.secrets?.[0]?.target}`);
    for (const ignore of [".gitignore", ".dockerignore"])
      expect(readFileSync(ignore, "utf8").split("\n")).toContain(keyFile.replace(/[^/]+(?=\.pem$)/, "*"));
  });

  test("shows nginx alone to the outside, and the instances can write nowhere", () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([["nginx", ["8080:8080"]]]);
    for (const app of apps) expect(app).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
  });

  test("names only what is there", () => {
    for (const { depends_on = {}, volumes: mounted = [] } of Object.values(services)) {
      for (const name of Object.keys(depends_on)) expect(Object.keys(services)).toContain(name);
      for (const source of mounted.map((mount) => mount.split(":")[0] ?? ""))
        expect(source.startsWith("./") ? existsSync(source) : source in volumes).toBe(true);
    }
    const images = new Set(Object.values(services).map(({ image }) => image));
    expect(images).toEqual(new Set(["praxis-identity", "nginx:stable", "postgres:18", "valkey/valkey:8"]));
    for (const [name, { condition }] of Object.values(services).flatMap((one) => Object.entries(one.depends_on ?? {})))
      expect([condition, name.startsWith("app-") || services[name]?.healthcheck !== undefined]).toEqual([
        ...["service_healthy", true],
      ]);
  });
});

describe("the image", () => {
  const dockerfile = readFileSync("Dockerfile", "utf8");
  const final = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));

  test("runs as an ordinary user that owns nothing of it, tells its health, and is built from what is locked", () => {
    expect(dockerfile.match(/^FROM \S+/gm)).toEqual(["FROM node:22-bookworm-slim", "FROM node:22-bookworm-slim"]);
    expect(final).toMatch(/^USER node$/m);
    expect(final).not.toMatch(/--chown/);
    expect(final).toMatch(/^HEALTHCHECK /m);
    expect(final.indexOf("\nUSER")).toBeGreaterThan(final.indexOf("\nCOPY"));
  });

  test("takes no secret, history or foreign build from the checkout", () => {
    const ignored = readFileSync(".dockerignore", "utf8").split("\n");
    for (const name of [".env", ".env.*", ".data*", ".git", ".next", ".setup", "node_modules"])
      expect(ignored).toContain(name);
  });
});

describe.skipIf(spawnSync("systemd-analyze", ["--version"]).status !== 0)("the systemd unit", () => {
  const unit = join(scratch, "praxis-identity.service");
  const published = readFileSync("deploy/praxis-identity.service", "utf8");
  writeFileSync(unit, published.replace("/usr/bin/node", process.execPath).replace("/opt/praxis-identity", scratch));
  const analyze = (...args: string[]) => spawnSync("systemd-analyze", [...args, unit], { encoding: "utf8" });

  test("is one, and starts what the image starts", () => {
    const { status, stderr } = analyze("verify");
    expect([status, stderr]).toEqual([0, ""]);
    const command = /^ExecStart=\S+ (.*)$/m.exec(published)?.[1]?.split(" ");
    const image = /^CMD (\[.*\])$/m.exec(readFileSync("Dockerfile", "utf8"))?.[1] ?? "[]";
    expect(["node", ...(command ?? [])]).toEqual(JSON.parse(image));
  });

  test("exposes little of the system: 2.0 of 10 at most, by systemd's own count", () => {
    expect(analyze("security", "--offline=yes", "--threshold=20").status).toBe(0);
  });
});
