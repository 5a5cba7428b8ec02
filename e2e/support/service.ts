import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/lib/free-port";
import { createDatabase } from "@/lib/test/databases";
import { startScratchDatabase } from "@/lib/test/scratch-database";
import { makeSigner } from "@/lib/test/signing";

const startDeadlineMilliseconds = 120_000;

/**
 * Runs once before the stories: the production build, started as `npm start` does, on a PostgreSQL of its own. Stories
 * reach the service at PRAXIS_URL and make their rows through DATABASE_URL.
 */
export default async function startService(): Promise<() => Promise<void>> {
  const scratch = await mkdtemp(join(tmpdir(), "praxis-e2e-"));
  const database = await startScratchDatabase();
  const cleanUp = async () => {
    await database.stop();
    await rm(scratch, { recursive: true, force: true });
  };
  process.env.DATABASE_URL = await createDatabase(database.url, "stories");
  process.env.PRAXIS_ADMIN_PASSWORD = randomBytes(15).toString("base64url");
  const signer = makeSigner("stories");
  process.env.PRAXIS_LEAK_REPORT_KEYS = JSON.stringify({ public_keys: [signer.published] });
  process.env.PRAXIS_LOGS = join(scratch, "logs");
  await mkdir(process.env.PRAXIS_LOGS);
  process.env.PRAXIS_SIGNING_KEY = signer.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const { url, stop } = await startInstance(["scripts/start.mjs"], {
    DATA_DIR: join(scratch, "service"),
    AUTH_SECRET: randomBytes(32).toString("hex"),
    ADMIN_PASSWORD: process.env.PRAXIS_ADMIN_PASSWORD,
    // The receivers of the stories are on this machine.
    WEBHOOK_PRIVATE_ADDRESSES: "allow",
    LEAK_REPORT_KEYS: process.env.PRAXIS_LEAK_REPORT_KEYS,
    // What must not be in the log is searched for in all that it can hold.
    LOG_LEVEL: "debug",
  }).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  process.env.PRAXIS_URL = url;
  return async () => {
    await stop();
    await cleanUp();
  };
}

/** Starts one more instance of the build that is there, on the stories' database, with other settings. */
export function startAnotherInstance(settings: Record<string, string>) {
  const server = ["--conditions=react-server", "--import", "tsx", "server.ts"];
  return startInstance(server, { NODE_ENV: "production", AUTH_SECRET: randomBytes(32).toString("hex"), ...settings });
}

async function startInstance(program: string[], settings: Record<string, string>) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(process.env.PRAXIS_LOGS ?? tmpdir(), `${port}.log`);
  const output = openSync(log, "a");
  const service = spawn(process.execPath, program, {
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      PORT: String(port),
      LOG_LEVEL: "warn",
      // Stories try many bad tokens, all from this address; what the limit does is tested elsewhere.
      RATE_LIMIT_FAILED_AUTH: "off",
      ...settings,
    },
    // The server ends itself when this channel closes, so that it never outlives a killed test run.
    stdio: ["ignore", output, output, "ipc"],
  });
  closeSync(output);
  await ready(service, `${url}/readyz`).catch((error: unknown) => {
    service.kill("SIGKILL");
    throw new Error(`The service did not start: ${String(error)}\n${readFileSync(log, "utf8")}`);
  });
  return {
    url,
    log,
    isRunning: () => service.exitCode === null && service.signalCode === null,
    stop: () => ended(service),
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

/** Ends a process in an orderly way, and waits until it is gone. */
export function ended(service: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (service.exitCode !== null || service.signalCode !== null) return resolve();
    service.once("exit", () => resolve());
    service.kill("SIGTERM");
  });
}
