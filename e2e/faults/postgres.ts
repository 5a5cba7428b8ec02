import { type ChildProcess, execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { findBinaries } from "@/lib/db/embedded-binaries";
import { type Cluster, createCluster } from "@/lib/db/embedded-cluster";
import { ClusterBusyError, type Postmaster, startPostmaster } from "@/lib/db/embedded-postmaster";
import { databaseUser } from "@/lib/db/embedded-user";
import { freePort } from "@/lib/free-port";

const execute = promisify(execFile);

/** A PostgreSQL server of the tests' own, to be treated badly. Every one is crash-safe, as in production. */
export class PostgresServer {
  readonly port: number;
  private readonly cluster: Cluster;
  private running: Postmaster | undefined;

  private constructor(cluster: Cluster, port: number) {
    this.cluster = cluster;
    this.port = port;
  }

  /** Creates one under a directory that its system user can pass, and starts it. */
  static async create(home: string): Promise<PostgresServer> {
    const cluster = clusterIn(home, randomBytes(12).toString("hex"));
    await createCluster(cluster, home);
    // What it keeps for a replica and between checkpoints must fit on a small disk.
    appendFileSync(
      join(cluster.directory, "postgresql.conf"),
      "\nwal_keep_size = 64MB\nmin_wal_size = 32MB\nmax_wal_size = 64MB\n",
    );
    const server = new PostgresServer(cluster, await freePort());
    await server.start();
    return server;
  }

  url(database: string, port = this.port): string {
    return `postgresql://praxis:${this.cluster.password}@127.0.0.1:${port}/${database}`;
  }

  /** Starts it again after it ended, and resolves when it takes connections. */
  async start(): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      try {
        this.running = await startPostmaster(this.cluster, this.port);
        return;
      } catch (error) {
        if (!(error instanceof ClusterBusyError) || Date.now() > deadline) throw error;
      }
    }
  }

  /** To all its processes, the parent first, so that it starts no other meanwhile. */
  signal(name: NodeJS.Signals): void {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, name);
      } catch {
        // It has just ended by itself.
      }
    }
  }

  /** Whether its parent process is there. */
  get isRunning(): boolean {
    const [pid] = this.processes();
    return pid !== undefined && existsSync(`/proc/${pid}`);
  }

  /** Kills every process of it at once, as a power cut would. */
  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.running?.exited;
  }

  /** A streaming replica under another directory, which has all that this one commits from now on before its clients know. */
  async createReplica(home: string): Promise<PostgresServer> {
    const cluster = { ...clusterIn(home, this.cluster.password), user: this.cluster.user };
    await this.copyTo(cluster);
    const replica = new PostgresServer(cluster, await freePort());
    await replica.start();
    const state = "select state from pg_stat_replication";
    await this.untilRow(state, "streaming");
    await this.run("alter system set synchronous_standby_names = '*'", "select pg_reload_conf()");
    await this.untilRow("select sync_state from pg_stat_replication", "sync");
    return replica;
  }

  /** Makes a replica the primary, as an operator does. */
  async promote(): Promise<void> {
    const program = join(dirname(this.cluster.binaries.postgres), "pg_ctl");
    await execute(program, ["promote", "-D", this.cluster.directory, "-w"], { ...this.cluster.user, cwd: "/" });
  }

  /** Runs statements, on one connection of their own. */
  async run(...statements: string[]): Promise<pg.QueryResultRow[]> {
    const client = await this.connect();
    try {
      let rows: pg.QueryResultRow[] = [];
      for (const statement of statements) rows = (await client.query(statement)).rows;
      return rows;
    } finally {
      await client.end();
    }
  }

  async connect(database = "postgres"): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url(database), application_name: "faults" });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }

  /** The end of what it said in its log. */
  lastWords(): string {
    return readFileSync(this.cluster.log, "utf8").slice(-2000);
  }

  private async copyTo({ directory, user }: Cluster): Promise<void> {
    const client = await this.connect();
    try {
      await client.query("select pg_backup_start('faults', true)");
      await cp(this.cluster.directory, directory, {
        recursive: true,
        filter: (path) => !/\/(postmaster\.(pid|opts)|pg_wal\/.+)$/.test(path),
      });
      const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
      writeFileSync(join(directory, "backup_label"), rows[0]?.labelfile ?? "");
    } finally {
      await client.end();
    }
    for (const name of ["archive_status", "summaries"]) mkdirSync(join(directory, "pg_wal", name), { recursive: true });
    writeFileSync(join(directory, "standby.signal"), "");
    appendFileSync(join(directory, "postgresql.auto.conf"), `\nprimary_conninfo = '${this.url("postgres")}'\n`);
    if (user !== undefined) await execute("chown", ["-R", `${user.uid}:${user.gid}`, directory]);
    chmodSync(directory, 0o700);
  }

  private async untilRow(query: string, wanted: string): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const [row] = await this.run(query);
      if (row && Object.values(row).includes(wanted)) return;
      if (Date.now() > deadline) throw new Error(`${query} never said ${wanted}`);
    }
  }

  private processes(): number[] {
    try {
      const first = readFileSync(join(this.cluster.directory, "postmaster.pid"), "utf8").split("\n")[0] ?? "";
      const children = readFileSync(`/proc/${first}/task/${first}/children`, "utf8");
      return [first, ...children.split(" ")].filter((text) => text.trim() !== "").map(Number);
    } catch {
      return [];
    }
  }
}

/** A disk of its own that can be filled; undefined where none can be mounted, as for other users than root. */
export function mountSmallDisk(directory: string, megabytes: number): SmallDisk | undefined {
  mkdirSync(directory);
  const options = `size=${megabytes}m,mode=711`;
  if (spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", directory]).status !== 0) return undefined;
  const filler = join(directory, "filler");
  return {
    fill() {
      const block = Buffer.alloc(64 * 1024);
      try {
        for (;;) appendFileSync(filler, block);
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
      }
    },
    free: () => rmSync(filler, { force: true }),
    unmount: () => void spawnSync("umount", ["-l", directory]),
  };
}

export interface SmallDisk {
  /** Leaves no room on it. */
  fill(): void;
  free(): void;
  unmount(): void;
}

/** Ends a child at once, and resolves when it is gone. */
export function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

function clusterIn(home: string, password: string): Cluster {
  const directory = join(home, "postgres");
  const user = databaseUser(directory);
  const log = join(home, "postgres.log");
  return { directory, log, password, user, binaries: findBinaries(user), durable: true };
}
