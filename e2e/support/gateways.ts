import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect, createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/lib/free-port";
import { ended } from "./service";

/** Real gateways, run from the files in docs/gateways, and an upstream for them. Addresses are `host:port`. */

const startDeadlineMilliseconds = 20_000;

export interface Running {
  address: string;
  stop(): Promise<void>;
}

export interface Gateway {
  name: string;
  isHere: boolean;
  /** Starts it in front of the upstream, asking the identity service. */
  start(addresses: { identity: string; upstream: string }): Promise<Running>;
}

export const gateways: readonly Gateway[] = [
  gateway({
    name: "nginx",
    program: process.env.NGINX_PATH ?? "/usr/sbin/nginx",
    versionArgument: "-v",
    file: "nginx.conf",
    async arguments(directory, config) {
      const main = join(directory, "main.conf");
      await writeFile(main, nginxMain(directory, config));
      return ["-e", "stderr", "-p", directory, "-c", main];
    },
  }),
  gateway({
    name: "Caddy",
    program: process.env.CADDY_PATH ?? "/usr/bin/caddy",
    versionArgument: "version",
    file: "Caddyfile",
    arguments: async (_directory, config) => ["run", "--adapter", "caddyfile", "--config", config],
  }),
];

/**
 * An upstream that answers with what reached it, or with the status that its path names; of the body, its SHA-256.
 * Caddy 2.6 at times cuts a long answer short, whose request had a long body.
 */
export async function startUpstream(): Promise<Running> {
  const port = await freePort();
  const server = createServer((request, response) => {
    const hash = createHash("sha256");
    request.on("data", (chunk: Buffer) => hash.update(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      response.writeHead(Number(/^\/status\/(\d+)$/.exec(url ?? "")?.[1] ?? 200));
      response.end(JSON.stringify({ method, url, headers, bodySha256: hash.digest("hex") }));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A service that takes connections and never answers. */
export async function startSilence(): Promise<Running> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface Recipe {
  name: string;
  program: string;
  versionArgument: string;
  /** In docs/gateways. */
  file: string;
  arguments(directory: string, config: string): Promise<string[]>;
}

function gateway(recipe: Recipe): Gateway {
  const { name, program } = recipe;
  return {
    name,
    isHere: spawnSync(program, [recipe.versionArgument]).status === 0,
    async start({ identity, upstream }) {
      const directory = await mkdtemp(join(tmpdir(), "praxis-gateway-"));
      const port = await freePort();
      const address = `127.0.0.1:${port}`;
      const config = join(directory, recipe.file);
      const published = await readFile(join("docs/gateways", recipe.file), "utf8");
      await writeFile(config, withAddresses(published, { identity, upstream, public: address }));
      // Whatever a gateway keeps, it keeps here.
      const env = { ...process.env, HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory };
      const child = spawn(program, await recipe.arguments(directory, config), {
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const output: string[] = [];
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => output.push(chunk.toString()));
      await listening(child, port).catch((error: unknown) => {
        child.kill("SIGKILL");
        throw new Error(`${name} did not start: ${String(error)}\n${output.join("")}`);
      });
      return {
        address,
        async stop() {
          await ended(child);
          await rm(directory, { recursive: true, force: true });
        },
      };
    },
  };
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + startDeadlineMilliseconds;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
    const socket = connect(port, "127.0.0.1");
    const isOpen = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    if (Date.now() > deadline) throw new Error(`nothing listens on ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The published file for other addresses than its own; all else stays. */
function withAddresses(text: string, addresses: { identity: string; upstream: string; public: string }): string {
  const published = { identity: "127.0.0.1:3000", upstream: "127.0.0.1:8080", public: "127.0.0.1:8000" };
  const pairs = [
    [published.identity, addresses.identity],
    [published.upstream, addresses.upstream],
    [published.public, addresses.public],
  ] as const;
  for (const [from] of pairs) if (text.split(from).length !== 2) throw new Error(`${from} must be there once`);
  return pairs.reduce((result, [from, to]) => result.replace(from, to), text);
}

/** What the file is included from, in place of the system's nginx.conf: nothing outside the directory is touched. */
function nginxMain(directory: string, config: string): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `
    daemon off;
    master_process off;
    pid ${directory}/nginx.pid;
    events {}
    http {
      access_log off;
      ${paths.map((name) => `${name}_temp_path ${directory}/${name};`).join("\n")}
      include ${config};
    }`;
}
