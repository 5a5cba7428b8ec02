import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@/lib/test/databases";
import { freePort } from "@/lib/test/ports";
import { startScratchDatabase } from "@/lib/test/scratch-database";

const startDeadlineMilliseconds = 120_000;

/**
 * Runs once before the stories: the production build, started as `npm start` does, on a PostgreSQL of its own. Stories
 * reach the service at PRAXIS_URL and make their rows through DATABASE_URL.
 */
export default async function startService(): Promise<() => Promise<void>> {
  const scratch = await mkdtemp(join(tmpdir(), "praxis-e2e-"));
  const database = await startScratchDatabase();
  process.env.DATABASE_URL = await createDatabase(database.url, "stories");
  const port = await freePort();
  process.env.PRAXIS_URL = `http://127.0.0.1:${port}`;
  process.env.PRAXIS_ADMIN_PASSWORD = randomBytes(15).toString("base64url");
  const output: string[] = [];
  const service = spawn(process.execPath, ["scripts/start.mjs"], {
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      PORT: String(port),
      DATA_DIR: join(scratch, "service"),
      AUTH_SECRET: randomBytes(32).toString("hex"),
      ADMIN_PASSWORD: process.env.PRAXIS_ADMIN_PASSWORD,
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [service.stdout, service.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  await ready(service, `${process.env.PRAXIS_URL}/readyz`).catch((error: unknown) => {
    service.kill("SIGKILL");
    throw new Error(`The service did not start: ${String(error)}\n${output.join("")}`);
  });
  return async () => {
    await ended(service);
    await database.stop();
    await rm(scratch, { recursive: true, force: true });
  };
}

async function ready(service: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + startDeadlineMilliseconds;
  for (;;) {
    if (service.exitCode !== null) throw new Error(`it ended with code ${service.exitCode}`);
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    if (Date.now() > deadline) throw new Error(`no answer from ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function ended(service: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (service.exitCode !== null) return resolve();
    service.once("exit", () => resolve());
    service.kill("SIGTERM");
  });
}
