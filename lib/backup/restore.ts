import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from "node:crypto";
import {
  chownSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, join, normalize } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { extract } from "tar-stream";
import { auditSigningKeyFile } from "@/lib/audit/signing-key";
import { type Verification, verifyAudit } from "@/lib/audit/verify-chain";
import { DirectoryInUseError, makeDataDirectory } from "@/lib/db/embedded";
import { findBinaries } from "@/lib/db/embedded-binaries";
import { type Cluster, clusterUrl } from "@/lib/db/embedded-cluster";
import { stopLeftover } from "@/lib/db/embedded-leftover";
import { clusterHome } from "@/lib/db/embedded-place";
import { startPostmaster } from "@/lib/db/embedded-postmaster";
import { databaseUser, type SystemUser } from "@/lib/db/embedded-user";
import { env } from "@/lib/env";
import { freePort } from "@/lib/free-port";
import { writePrivateFile } from "@/lib/secret-file";
import { tryLock } from "@/scripts/process-lock.mjs";
import { type BackupSummary, clusterPrefix, isTransient, summaryName, summarySchema } from "./format";

interface Options {
  /** Replaces what the directory holds, which is kept beside it under another name. */
  force: boolean;
  /** Of keys that signed checkpoints, beside AUDIT_SIGNING_KEY and what comes with the backup. */
  publicKeys: readonly KeyObject[];
  note: (text: string) => void;
}

interface Restored {
  summary: BackupSummary;
  verification: Verification;
  /** What was replaced, under its new names. */
  replaced: string[];
}

/**
 * Makes DATA_DIR what a backup holds. The database is started from the backup and its audit log verified before
 * anything is replaced. Throws when an instance uses the directory, when it holds anything and `force` is not set, and
 * when the backup is not whole or its audit log not as it was recorded.
 */
export async function restoreBackup(
  file: string,
  directory: string,
  { force, publicKeys, note }: Options,
): Promise<Restored> {
  if (!existsSync(file)) throw new Error(`There is no ${file}`);
  makeDataDirectory(directory);
  const held = tryLock(join(directory, "instance.lock"));
  if (!held.held)
    throw new DirectoryInUseError(`DATA_DIR ${directory} is in use by process ${held.pid}. Stop it first.`);
  try {
    const present = readdirSync(directory).filter((name) => !isTransient(name));
    if (present.length > 0 && !force)
      throw new Error(`${directory} is not empty (${present.join(", ")}). Restore elsewhere, or use --force.`);
    const home = clusterHome(directory, note);
    const user = databaseUser(join(home, "postgres"));
    // A name that the next start clears away should this be killed.
    const draft = join(home, `postgres.new-${randomBytes(6).toString("hex")}`);
    try {
      const { summary, files } = await unpack(file, draft, user);
      const cluster: Cluster = {
        directory: draft,
        log: join(directory, "postgres.log"),
        password: files.get("postgres-password")?.toString().trim() ?? "",
        user,
        binaries: findBinaries(user),
        durable: true,
      };
      const verification = await recover(cluster, [...publicKeys, ...publicKeysIn(files)]);
      const [fault] = verification.faults;
      if (fault)
        throw new Error(
          `${file}: ${verification.faults.length} chains of the audit log are not as they were recorded. Chain ${fault.chainId}: ${fault.problem}.`,
        );
      const place = join(home, "postgres");
      if (existsSync(place) && (await stopLeftover({ ...cluster, directory: place })) === "in use")
        throw new DirectoryInUseError(`DATA_DIR ${directory} is in use by another running instance. Stop it first.`);
      return { summary, verification, replaced: swap(directory, place, draft, files) };
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  } finally {
    held.release();
  }
}

/** Unpacks the cluster and returns the other files, which are small. */
async function unpack(file: string, draft: string, user: SystemUser | undefined) {
  const files = new Map<string, Buffer>();
  const own = (path: string) => user && chownSync(path, user.uid, user.gid);
  mkdirSync(draft, { mode: 0o700 });
  own(draft);
  const entries = extract();
  const parsed = pipeline(createReadStream(file), createGunzip(), entries);
  parsed.catch(() => undefined);
  try {
    for await (const entry of entries) {
      const { name, type } = entry.header;
      if (!name.startsWith(clusterPrefix)) {
        if (name !== basename(name)) throw new Error(`${name} is no file of a backup`);
        files.set(name, await buffer(entry));
        continue;
      }
      const path = join(draft, name.slice(clusterPrefix.length));
      if (!normalize(path).startsWith(`${draft}/`) && normalize(path) !== `${draft}/`)
        throw new Error(`${name} is no file of a backup`);
      if (type === "directory") {
        mkdirSync(path, { recursive: true, mode: 0o700 });
        entry.resume();
      } else await pipeline(entry, createWriteStream(path, { mode: 0o600 }));
      own(path);
    }
    await parsed;
  } catch (error) {
    throw new Error(`${file} is no whole backup: ${error instanceof Error ? error.message : error}`);
  }
  const written = files.get(summaryName);
  files.delete(summaryName);
  if (written === undefined) throw new Error(`${file} is no whole backup: its end is missing`);
  return { files, summary: summarySchema.parse(JSON.parse(written.toString())) };
}

/** Lets PostgreSQL recover the cluster, reads all of the audit log, and stops it again. */
async function recover(cluster: Cluster, publicKeys: readonly KeyObject[]): Promise<Verification> {
  const postmaster = await startPostmaster(cluster, await freePort());
  const client = new pg.Client({ connectionString: clusterUrl(cluster, postmaster.port, "praxis") });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await verifyAudit(client, [], publicKeys);
  } finally {
    await client.end().catch(() => undefined);
    await postmaster.stop();
  }
}

/** Of those that may have signed the backup's checkpoints: AUDIT_SIGNING_KEY, and the instance's own, which comes with it. */
function publicKeysIn(files: ReadonlyMap<string, Buffer>): KeyObject[] {
  const own = files.get(auditSigningKeyFile);
  return [env.AUDIT_SIGNING_KEY, own && createPrivateKey(own)].flatMap((key) => (key ? [createPublicKey(key)] : []));
}

/** Nothing is deleted: what was there is renamed. The cluster comes last, since a start makes a new one if there is none. */
function swap(directory: string, place: string, draft: string, files: ReadonlyMap<string, Buffer>): string[] {
  const suffix = `.replaced-${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}`;
  const replaced: string[] = [];
  const setAside = (path: string) => {
    if (!existsSync(path)) return;
    renameSync(path, path + suffix);
    replaced.push(path + suffix);
  };
  for (const [name, content] of files) {
    setAside(join(directory, name));
    writePrivateFile(join(directory, name), content);
  }
  setAside(place);
  renameSync(draft, place);
  return replaced;
}
