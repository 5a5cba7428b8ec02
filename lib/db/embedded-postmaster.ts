import { spawn } from "node:child_process";
import { chmodSync, closeSync, openSync, readFileSync, statSync } from "node:fs";
import pg from "pg";
import { programEnvironment } from "@/lib/db/embedded-binaries";
import { type Cluster, clusterUrl } from "@/lib/db/embedded-cluster";

export type Postmaster = {
  port: number;
  exited: Promise<void>;
  /** Disconnects every client, stops, and resolves when the server is gone. */
  stop: () => Promise<void>;
  signal: (signal: NodeJS.Signals) => void;
};

/** The port was taken by another program first. */
export class PortTakenError extends Error {
  override name = "PortTakenError";
}

/** Processes of an earlier server still hold the cluster's files. */
export class ClusterBusyError extends Error {
  override name = "ClusterBusyError";
}

const startDeadlineMs = 60_000;
const stopDeadlineMs = 15_000;

/** Starts the server of a cluster and resolves when it accepts connections. */
export async function startPostmaster(cluster: Cluster, port: number): Promise<Postmaster> {
  const log = openSync(cluster.log, "a", 0o600);
  chmodSync(cluster.log, 0o600);
  const logStart = statSync(cluster.log).size;
  const child = spawn(cluster.binaries.postgres, serverArguments(cluster, port), {
    ...cluster.user,
    cwd: "/",
    env: programEnvironment,
    stdio: ["ignore", log, log],
    // Its own session: Ctrl-C in the terminal must reach the service alone, which drains before it stops the database.
    detached: true,
  });
  closeSync(log);
  child.unref();
  let running = true;
  const exited = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      running = false;
      resolve();
    });
  });
  exited.catch(() => {
    running = false;
  });

  const deadline = Date.now() + startDeadlineMs;
  while (running && Date.now() < deadline) {
    if (await acceptsConnections(cluster, port)) return { port, exited, stop, signal };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const said = readFileSync(cluster.log).subarray(logStart).toString();
  if (running) await stop();
  if (/could not bind/.test(said)) throw new PortTakenError(`Port ${port} is taken`);
  const message = `PostgreSQL did not start. The end of ${cluster.log} says:\n${said.trim().slice(-2000)}`;
  throw /still in use|lock file .* already exists/.test(said) ? new ClusterBusyError(message) : new Error(message);

  function signal(name: NodeJS.Signals): void {
    if (running) child.kill(name);
  }

  async function stop(): Promise<void> {
    child.ref();
    signal("SIGINT");
    const impatience = setTimeout(() => signal("SIGQUIT"), stopDeadlineMs);
    await exited;
    clearTimeout(impatience);
  }
}

function serverArguments(cluster: Cluster, port: number): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: "128MB",
    log_checkpoints: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(cluster.durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return ["-D", cluster.directory, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

/** True once our own server answers: another program on that port does not know our password. */
async function acceptsConnections(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: clusterUrl(cluster, port, "postgres"),
    connectionTimeoutMillis: 5000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'praxis'");
    if (rowCount === 0) await client.query("CREATE DATABASE praxis");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
