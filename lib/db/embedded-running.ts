import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DirectoryInUseError, type EmbeddedDatabase, startEmbedded } from "@/lib/db/embedded";

/**
 * The embedded database of a directory: the one a running instance has started, or else one started for the caller.
 * Throws when there is none: what is done to a new, empty one by mistake looks as if it had been done.
 */
export async function openEmbedded(directory: string): Promise<Pick<EmbeddedDatabase, "url" | "stop">> {
  if (!existsSync(join(directory, "postgres")))
    throw new Error(`There is no database in DATA_DIR ${directory}. Run this with the settings of the service.`);
  try {
    return await startEmbedded(directory);
  } catch (error) {
    if (!(error instanceof DirectoryInUseError)) throw error;
    return { url: runningUrl(directory), stop: async () => undefined };
  }
}

function runningUrl(directory: string): string {
  const port = readFileSync(join(directory, "postgres", "postmaster.pid"), "utf8").split("\n")[3];
  const password = readFileSync(join(directory, "postgres-password"), "utf8").trim();
  return `postgresql://praxis:${password}@127.0.0.1:${port}/praxis`;
}
