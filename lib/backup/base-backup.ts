import type { Socket } from "node:net";
import { PassThrough, type Readable } from "node:stream";
import pg from "pg";

/**
 * The cluster's files as PostgreSQL's own BASE_BACKUP sends them, with the WAL that makes them consistent: a tar, on a
 * connection of the replication protocol, while the database is in use. Page checksums are verified on the way.
 */
export async function streamBaseBackup(databaseUrl: string): Promise<Readable> {
  const client = new pg.Client({ connectionString: databaseUrl, ...{ replication: "true" } });
  client.on("error", () => undefined);
  await client.connect();
  const tar = new PassThrough();
  const command = "BASE_BACKUP (LABEL 'praxis-identity', CHECKPOINT 'fast', WAL true, MANIFEST 'no')";
  const copy = client.query(new CopyOut(command, tar));
  const end = (error?: Error) => {
    if (error) tar.destroy(error);
    else tar.end();
    void client.end().catch(() => undefined);
  };
  copy.once("end", () => end());
  copy.once("error", end);
  tar.once("close", () => void client.end().catch(() => undefined));
  return tar;
}

const archiveData = "d".charCodeAt(0);
const newArchive = "n".charCodeAt(0);

/** pg has no use for what COPY sends: this hands it on, and lets the server wait for a slow reader. */
class CopyOut extends pg.Query {
  private readonly tar: PassThrough;
  private archives = 0;

  constructor(command: string, tar: PassThrough) {
    super(command);
    this.tar = tar;
  }

  /** Called by pg for each message of a COPY. The first byte tells what it is. */
  handleCopyData({ chunk }: { chunk: Buffer }, { stream }: { stream: Socket }): void {
    if (chunk[0] === newArchive && ++this.archives > 1)
      this.tar.destroy(new Error("The database has tablespaces of its own, which this backup cannot hold"));
    if (chunk[0] !== archiveData || this.tar.destroyed) return;
    // The parser uses its buffer again.
    // What was read before the pause still comes.
    if (this.tar.write(Buffer.from(chunk.subarray(1))) || stream.isPaused()) return;
    stream.pause();
    this.tar.once("drain", () => stream.resume());
  }
}
