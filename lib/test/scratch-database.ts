import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@/lib/db/embedded";

/** An embedded PostgreSQL in a temporary directory, which goes with it. */
export async function startScratchDatabase(): Promise<{ url: string; stop: () => Promise<void> }> {
  const scratch = await mkdtemp(join(tmpdir(), "praxis-scratch-"));
  // When we are root, the database's own user must be able to pass.
  await chmod(scratch, 0o711);
  const database = await startEmbedded(join(scratch, "data"), { durable: false });
  return {
    url: database.url,
    stop: async () => {
      await database.stop();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
