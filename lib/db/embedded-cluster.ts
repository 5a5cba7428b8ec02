import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Binaries, programEnvironment } from "@/lib/db/embedded-binaries";
import type { SystemUser } from "@/lib/db/embedded-user";
import { readOrCreateSecret } from "@/lib/secret-file";

export type Cluster = {
  directory: string;
  log: string;
  password: string;
  /** The system user to run as; undefined: the current one. */
  user: SystemUser | undefined;
  binaries: Binaries;
  durable: boolean;
};

const draftPrefix = "postgres.new-";

/** Creates the cluster's files unless they exist. An attempt that was interrupted leaves nothing that is used later. */
export async function createCluster(cluster: Cluster, home: string): Promise<void> {
  for (const name of readdirSync(home)) {
    if (name.startsWith(draftPrefix)) discard(join(home, name));
  }
  if (existsSync(cluster.directory)) return;
  const draft = join(home, `${draftPrefix}${randomBytes(6).toString("hex")}`);
  const passwordFile = `${draft}.password`;
  try {
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
    for (const path of [draft, passwordFile]) {
      if (cluster.user !== undefined) chownSync(path, cluster.user.uid, cluster.user.gid);
    }
    await initdb(cluster, draft, passwordFile);
    renameSync(draft, cluster.directory);
  } finally {
    discard(draft);
    discard(passwordFile);
  }
}

/** The password of the database's user, created on first use. */
export function databasePassword(dataDirectory: string): string {
  return readOrCreateSecret(join(dataDirectory, "postgres-password"));
}

/** Where clients find a database of the cluster. */
export function clusterUrl(cluster: Cluster, port: number, database: string): string {
  return `postgresql://praxis:${cluster.password}@127.0.0.1:${port}/${database}`;
}

function initdb(cluster: Cluster, draft: string, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${draft}`,
    "--username=praxis",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The built-in locale sorts alike on every machine, whatever its C library.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-instructions",
    ...(cluster.durable ? [] : ["--no-sync"]),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(cluster.binaries.initdb, args, { ...cluster.user, cwd: "/", env: programEnvironment });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`PostgreSQL could not create its files in ${draft}:\n${output.trim()}`));
    });
  });
}

/** Best effort: an orphaned initdb may still be writing there; the next start tries again. */
function discard(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Nothing reads it.
  }
}
