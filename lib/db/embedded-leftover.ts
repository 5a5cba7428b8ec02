import { readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type Cluster, clusterUrl } from "@/lib/db/embedded-cluster";
import { isRunning } from "@/scripts/process-lock.mjs";

const deadlineMs = 20_000;

/**
 * Deals with a server that an earlier, killed instance left running on the cluster: stops it, so that it starts anew
 * under our watch, unless another live instance is using it.
 */
export async function stopLeftover(cluster: Cluster): Promise<"clear" | "in use"> {
  const deadline = Date.now() + deadlineMs;
  let stopping = false;
  for (;;) {
    const leftover = readPidFile(cluster);
    if (leftover === undefined || !isRunning(leftover.pid)) return "clear";
    if (!isServerOf(cluster, leftover.pid)) {
      // The pid belongs to an unrelated process now, after a reboot for instance: PostgreSQL would refuse to start.
      rmSync(join(cluster.directory, "postmaster.pid"), { force: true });
      return "clear";
    }
    if (!stopping) {
      const users = await countInstances(cluster, leftover.port);
      if (users === 0) {
        process.kill(leftover.pid, "SIGINT");
        stopping = true;
      } else if (users !== undefined && Date.now() > deadline - deadlineMs / 2) return "in use";
    }
    if (Date.now() > deadline) {
      throw new Error(
        `A PostgreSQL server (process ${leftover.pid}) runs on ${cluster.directory} and does not answer.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

type PidFile = { pid: number; port: number };

function readPidFile(cluster: Cluster): PidFile | undefined {
  try {
    const lines = readFileSync(join(cluster.directory, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number.parseInt(lines[0] ?? "", 10), port: Number.parseInt(lines[3] ?? "", 10) };
  } catch {
    return undefined;
  }
}

/** Whether a process is a PostgreSQL server working in the cluster's directory; where that cannot be seen, assume so. */
function isServerOf(cluster: Cluster, pid: number): boolean {
  if (process.platform !== "linux") return true;
  try {
    if (!/^postgres\b/.test(readFileSync(`/proc/${pid}/comm`, "utf8"))) return false;
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster.directory);
  } catch {
    return isRunning(pid);
  }
}

/** How many connections instances of this service have; undefined when the server does not (yet) answer as ours. */
async function countInstances(cluster: Cluster, port: number): Promise<number | undefined> {
  const client = new pg.Client({
    connectionString: clusterUrl(cluster, port, "postgres"),
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ directory: string; instances: number }>(
      `SELECT current_setting('data_directory') AS directory,
              (SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'praxis-identity') AS instances`,
    );
    return rows[0]?.directory === cluster.directory ? rows[0].instances : undefined;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
