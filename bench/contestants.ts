import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { createDatabase, query } from "@/lib/test/databases";
import { formRequest, getRequest, type LoadPlan } from "./load-plan";
import type { Contestant } from "./rounds";
import { type RunningServer, startServer } from "./servers";

const peers = join(import.meta.dirname, "peers");
const nextDirectory = join(peers, "next");

/** A token of the service with what its verification must answer. */
export interface BenchToken {
  secret: string;
  id: string;
  organizationId: string;
  tenantId: string;
  scopes: string[];
}

/** How the service records uses. */
export const accessLogs = ["durable", "buffered", "off"] as const;
export type AccessLog = (typeof accessLogs)[number];

/** What Node is told to run the service from its sources. */
export const serviceArguments = ["--conditions=react-server", "--import", "tsx", "server.ts"] as const;

/** The environment of the service on a database, without limits of rate. */
export function serviceEnvironment(
  databaseUrl: string,
  dataDirectory: string,
  settings: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDirectory,
    AUTH_SECRET: "a secret of the benchmark, which keeps nothing",
    LOG_LEVEL: "warn",
    RATE_LIMIT_TOKEN: "off",
    RATE_LIMIT_FAILED_AUTH: "off",
    ...settings,
  };
}

/** Starts the service on a database, with settings such as how it records uses. */
export function startPraxis(databaseUrl: string, dataDirectory: string, settings: Readonly<Record<string, string>>) {
  return startServer(serviceArguments, "/readyz", serviceEnvironment(databaseUrl, dataDirectory, settings));
}

/** Our verification, as a gateway asks for it. */
export function verifyRequests(tokens: readonly BenchToken[]): LoadPlan["requests"] {
  return tokens.map(({ secret, id }) => ({
    text: getRequest("/identity/verify?scope=pipeline:read", bearer(secret)),
    expected: `x-token-id: ${id}`,
  }));
}

/** A call of the API that reads data. */
export function pipelineRequests(tokens: readonly BenchToken[], expected: string): LoadPlan["requests"] {
  return tokens.map(({ secret }) => ({ text: getRequest("/v1/pipelines", bearer(secret)), expected }));
}

/** Starts everything the service is compared with. */
export async function startPeers(parts: {
  adminUrl: string;
  scratch: string;
  tokens: readonly BenchToken[];
}): Promise<{ contestants: Contestant[]; bare: RunningServer; next: RunningServer; stop: () => Promise<void> }> {
  const { adminUrl, scratch, tokens } = parts;
  const running: RunningServer[] = [];
  const started = async (server: Promise<RunningServer>) => {
    const one = await server;
    running.push(one);
    return one;
  };
  const keysFile = join(scratch, "better-auth.json");
  const oidcFile = join(scratch, "oidc-provider.json");
  const tokensFile = join(scratch, "tokens.json");
  await writeFile(tokensFile, JSON.stringify(tokens), { mode: 0o600 });
  const peerDatabase = await createDatabase(adminUrl, "peers");
  await makeSelectTable(peerDatabase, tokens);
  const environment = {
    PEER_DATABASE_URL: peerDatabase,
    COUNT: String(tokens.length),
    BETTER_AUTH_TELEMETRY: "0",
  };
  await finished(["bench/peers/better-auth-seed.mjs"], { ...environment, KEYS_FILE: keysFile });
  await finished(["node_modules/next/dist/bin/next", "build", nextDirectory], environment);

  const bare = await started(startServer(["bench/servers/bare-http.mjs"], "/", {}));
  const map = await started(startServer(["bench/servers/memory-map.mjs"], readyPath, { TOKENS_FILE: tokensFile }, 401));
  const node = await started(startServer(["bench/peers/better-auth-node.mjs"], "/", environment, 401));
  const oidc = await started(
    startServer(["bench/peers/oidc-provider.mjs"], "/ready", {
      ...environment,
      KEYS_FILE: oidcFile,
    }),
  );
  const next = await started(
    startServer(["bench/servers/next.mjs"], "/bare", { ...environment, NEXT_DIR: nextDirectory }),
  );

  const keys = z.array(z.object({ id: z.string(), key: z.string() })).parse(await json(keysFile));
  const oidcTokens = z.object({ authorization: z.string(), tokens: z.array(z.string()) }).parse(await json(oidcFile));
  const keyRequests = (path: string) =>
    keys.map(({ id, key }) => ({ text: getRequest(path, bearer(key)), expected: id }));
  return {
    contestants: [
      { name: "node:http alone", port: bare.port, requests: [{ text: getRequest("/"), expected: '{"ok":true}' }] },
      { name: "map in memory", port: map.port, requests: verifyRequests(tokens) },
      { name: "Next route alone", port: next.port, requests: [{ text: getRequest("/bare"), expected: '{"ok":true}' }] },
      { name: "better-auth on Node", port: node.port, requests: keyRequests("/") },
      { name: "better-auth in Next", port: next.port, requests: keyRequests("/better-auth") },
      {
        name: "oidc-provider introspection",
        port: oidc.port,
        requests: oidcTokens.tokens.map((token) => ({
          text: formRequest("/token/introspection", { authorization: oidcTokens.authorization }, `token=${token}`),
          expected: '"active":true',
        })),
      },
    ],
    bare,
    next,
    stop: async () => {
      await Promise.all(running.map((server) => server.stop()));
    },
  };
}

const readyPath = "/identity/verify?scope=pipeline:read";

/** The headers of a caller with a token. */
export function bearer(secret: string): Record<string, string> {
  return { authorization: `Bearer ${secret}` };
}

async function makeSelectTable(databaseUrl: string, tokens: readonly BenchToken[]): Promise<void> {
  const rows = tokens.map(({ id, secret }) => `('${id}', sha256('${secret}'))`).join(",");
  await query(databaseUrl, "create table bench_tokens (id uuid primary key, hash bytea not null unique)");
  await query(databaseUrl, `insert into bench_tokens values ${rows}`);
}

async function json(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

function finished(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production", ...environment },
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${args.join(" ")} ended with ${code}`))));
  });
}
