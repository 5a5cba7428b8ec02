import { randomBytes } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { extract, type Pack, pack } from "tar-stream";
import { streamBaseBackup } from "./base-backup";
import { type BackupSummary, clusterPrefix, isTransient, summaryName } from "./format";

interface Source {
  databaseUrl: string;
  /** DATA_DIR of the embedded database. */
  dataDirectory: string;
}

/**
 * Backs the embedded database and the other files of its directory up into a file that only this user can read, while
 * the service runs. Nothing is there unless all of it is. Throws when the file exists.
 */
export async function createBackup(source: Source, file: string): Promise<BackupSummary> {
  if (existsSync(file)) throw new Error(`${file} exists; name another file`);
  const draft = `${file}.partial-${process.pid}`;
  const archive = pack();
  try {
    const written = pipeline(
      archive,
      createGzip({ level: 4 }),
      createWriteStream(draft, { mode: 0o600, flags: "wx", flush: true }),
    );
    const [summary] = await Promise.all([
      fill(archive, source).catch((error: unknown) => {
        archive.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }),
      written,
    ]);
    renameSync(draft, file);
    return summary;
  } finally {
    rmSync(draft, { force: true });
  }
}

async function fill(archive: Pack, { databaseUrl, dataDirectory }: Source): Promise<BackupSummary> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "praxis-backup" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    // Keeps the WAL that the backup needs for as long as this connection lives.
    const slot = `praxis_backup_${randomBytes(4).toString("hex")}`;
    await client.query("select pg_create_physical_replication_slot($1, true, true)", [slot]);
    const names = await addCluster(archive, await streamBaseBackup(databaseUrl));
    const holdsUntil = new Date().toISOString();
    await addWalSince(archive, client, join(dataDirectory, "postgres", "pg_wal"), names);
    for (const entry of readdirSync(dataDirectory, { withFileTypes: true }))
      if (entry.isFile() && !isTransient(entry.name))
        await add(archive, entry.name, readFileSync(join(dataDirectory, entry.name)));
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
    const summary = { product: "praxis-identity", format: 1, postgres: rows[0]?.version ?? "", holdsUntil } as const;
    await add(archive, summaryName, Buffer.from(`${JSON.stringify(summary, null, 2)}\n`));
    archive.finalize();
    return summary;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Returns the names of the files it added. */
async function addCluster(archive: Pack, tar: Readable): Promise<Set<string>> {
  const names = new Set<string>();
  const entries = extract();
  const parsed = pipeline(tar, entries);
  // Awaited below; until then a failure of the connection shows in the loop.
  parsed.catch(() => undefined);
  for await (const entry of entries) {
    const { name, type, size = 0 } = entry.header;
    names.add(name);
    if (type === "file") await pipeline(entry, archive.entry({ name: clusterPrefix + name, size }));
    else entry.resume();
    if (type === "directory") archive.entry({ name: clusterPrefix + name, type });
  }
  await parsed;
  return names;
}

/** What was committed while the rest was sent is in WAL that a base backup does not include. */
async function addWalSince(archive: Pack, client: pg.Client, directory: string, names: Set<string>): Promise<void> {
  const { rows } = await client.query<{ current: string }>("select pg_walfile_name(pg_current_wal_lsn()) as current");
  const current = rows[0]?.current ?? "";
  const last = [...names]
    .filter((name) => /^pg_wal\/[0-9A-F]{24}$/.test(name))
    .sort()
    .at(-1);
  if (last === undefined) throw new Error("The base backup holds no WAL");
  const missing = readdirSync(directory)
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && `pg_wal/${name}` > last && name <= current)
    .sort();
  for (const name of missing) {
    const path = join(directory, name);
    const { size } = await stat(path);
    await pipeline(
      createReadStream(path, { end: size - 1 }),
      archive.entry({ name: `${clusterPrefix}pg_wal/${name}`, size }),
    );
  }
}

function add(archive: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name }, content, (error) => (error ? reject(error) : resolve()));
  });
}
