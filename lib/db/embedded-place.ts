import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { canWrite, databaseUser } from "@/lib/db/embedded-user";

/** Where things go that a system user must reach when the checkout or DATA_DIR is private to root. */
export const sharedDirectory = "/var/lib/praxis-identity";

/**
 * The directory that holds the cluster: DATA_DIR itself, or, where the database's system user cannot enter that, one
 * under /var/lib, which DATA_DIR/postgres then points to.
 */
export function clusterHome(dataDirectory: string, note: (text: string) => void): string {
  const cluster = join(dataDirectory, "postgres");
  const existing = lstatSync(cluster, { throwIfNoEntry: false });
  if (existing !== undefined)
    return existing.isSymbolicLink() ? openToAll(dirname(readlinkSync(cluster))) : dataDirectory;
  const user = databaseUser(cluster);
  if (user === undefined) return dataDirectory;

  const probe = join(dataDirectory, `reachable.${process.pid}`);
  mkdirSync(probe, { mode: 0o700 });
  chownSync(probe, user.uid, user.gid);
  const reachable = canWrite(probe, user);
  rmSync(probe, { recursive: true });
  if (reachable) return dataDirectory;

  const home = join(sharedDirectory, randomBytes(8).toString("hex"));
  openToAll(home);
  symlinkSync(join(home, "postgres"), cluster);
  note(`PostgreSQL's system user cannot enter ${dataDirectory}: the database is kept in ${home}`);
  return home;
}

/** Makes a directory that every user can enter, whatever the umask. */
export function openToAll(directory: string): string {
  for (const path of [sharedDirectory, directory]) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
  }
  return directory;
}
