import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";

export type SystemUser = { uid: number; gid: number };

/**
 * PostgreSQL refuses to run as root: the user to run it as, or undefined for the current one. A cluster that exists
 * already is run by its owner.
 */
export function databaseUser(cluster: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ["postgres", "_postgres", "nobody"]) {
    const uid = idOf("-u", name);
    const gid = idOf("-g", name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error("PostgreSQL cannot run as root, and this machine has no user postgres or nobody. Set DATABASE_URL.");
}

/** Whether a user can enter a directory and write to it. */
export function canWrite(directory: string, user: SystemUser | undefined): boolean {
  const script = 'cd "$0" && test -w .';
  return spawnSync("/bin/sh", ["-c", script, directory], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}

function idOf(option: string, name: string): number | undefined {
  const { status, stdout } = spawnSync("id", [option, name], { encoding: "utf8" });
  return status === 0 ? Number.parseInt(stdout, 10) : undefined;
}
