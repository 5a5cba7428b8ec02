import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findBinaries } from "@/lib/db/embedded-binaries";
import { type Cluster, clusterUrl, createCluster, databasePassword } from "@/lib/db/embedded-cluster";
import { stopLeftover } from "@/lib/db/embedded-leftover";
import { clusterHome } from "@/lib/db/embedded-place";
import { ClusterBusyError, PortTakenError, type Postmaster, startPostmaster } from "@/lib/db/embedded-postmaster";
import { databaseUser } from "@/lib/db/embedded-user";
import { freePort } from "@/lib/free-port";
import { tryLock } from "@/scripts/process-lock.mjs";

export type EmbeddedDatabase = {
  url: string;
  /** Disconnects every client and stops the server. */
  stop: () => Promise<void>;
  /** Tells the server to stop, without waiting. */
  abandon: () => void;
};

export type EmbeddedOptions = {
  /** False trades crash safety for speed: for tests. */
  durable?: boolean;
  /** Called with a line for the operator when there is something unusual to say. */
  note?: (text: string) => void;
  /** Called each time that a server that died by itself could not be started again. */
  onLost?: (error: unknown) => void;
};

const restartMilliseconds = 2000;

/** Another live process works on this directory. */
export class DirectoryInUseError extends Error {
  override name = "DirectoryInUseError";
}

/**
 * Starts the PostgreSQL that npm installed, with its data under `directory`, created on first use. One process at a
 * time may do so; whatever an earlier, killed one left behind is cleared first.
 */
export async function startEmbedded(directory: string, options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const { durable = true, note = () => undefined, onLost = () => undefined } = options;
  makeDataDirectory(directory);
  const held = tryLock(join(directory, "instance.lock"));
  if (!held.held) throw new DirectoryInUseError(inUse(directory, held.pid));
  try {
    const home = clusterHome(directory, note);
    const user = databaseUser(join(home, "postgres"));
    const binaries = findBinaries(user);
    const cluster: Cluster = {
      directory: join(home, "postgres"),
      log: join(directory, "postgres.log"),
      password: databasePassword(directory),
      user,
      binaries,
      durable,
    };
    await createCluster(cluster, home);
    if ((await stopLeftover(cluster)) === "in use") throw new DirectoryInUseError(inUse(directory));
    return await supervise(cluster, held.release, onLost);
  } catch (error) {
    held.release();
    throw error;
  }
}

function inUse(directory: string, pid?: number): string {
  const who = pid === undefined ? "another running instance" : `another running instance (process ${pid})`;
  return `DATA_DIR ${directory} is in use by ${who}. Stop that one, or set DATA_DIR to another directory.`;
}

/** Others may pass through, so that the database's own user can reach the cluster; every file inside is private. */
export function makeDataDirectory(directory: string): void {
  if (existsSync(directory)) return;
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o711);
}

async function supervise(
  cluster: Cluster,
  release: () => void,
  onLost: (error: unknown) => void,
): Promise<EmbeddedDatabase> {
  let stopping = false;
  let current = await startOnFreePort(cluster);
  const { port } = current;
  watch();
  return {
    url: clusterUrl(cluster, port, "praxis"),
    stop: async () => {
      stopping = true;
      await current.stop();
      release();
    },
    abandon: () => {
      stopping = true;
      current.signal("SIGINT");
    },
  };

  /** A server that ended is started again where its clients look for it, and again when that fails: a disk may be full. */
  function watch(): void {
    void current.exited.then(async () => {
      while (!stopping) {
        try {
          await stopLeftover(cluster);
          current = await startSettled(cluster, port);
          if (stopping) await current.stop();
          else watch();
          return;
        } catch (error) {
          onLost(error);
          await delay(restartMilliseconds, undefined, { ref: false });
        }
      }
    });
  }
}

async function startOnFreePort(cluster: Cluster, attempts = 5): Promise<Postmaster> {
  try {
    return await startSettled(cluster, await freePort());
  } catch (error) {
    // Someone may take the port between our look and PostgreSQL's.
    if (error instanceof PortTakenError && attempts > 1) return startOnFreePort(cluster, attempts - 1);
    throw error;
  }
}

/** After its server was killed, worker processes may hold a cluster for a moment longer. */
async function startSettled(cluster: Cluster, port: number, deadline = Date.now() + 20_000): Promise<Postmaster> {
  try {
    return await startPostmaster(cluster, port);
  } catch (error) {
    if (!(error instanceof ClusterBusyError) || Date.now() > deadline) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return startSettled(cluster, port, deadline);
  }
}
