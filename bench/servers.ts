import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { freePort } from "@/lib/free-port";

const startDeadlineMilliseconds = 60_000;

export interface RunningServer {
  port: number;
  process: ChildProcess;
  /** From the start of the process to its first good answer. */
  startedInMilliseconds: number;
  stop(): Promise<void>;
}

/** Starts a server as a process of its own on a free port, and waits until a path answers with a status. */
export async function startServer(
  args: readonly string[],
  readyPath: string,
  environment: Readonly<Record<string, string>>,
  readyStatus = 200,
): Promise<RunningServer> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production", ...environment, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
    });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}${readyPath}`).catch(() => null);
    if (answer?.status === readyStatus) break;
    if (child.exitCode !== null || performance.now() - startedAt > startDeadlineMilliseconds) {
      await stop();
      throw new Error(`${args.join(" ")} did not start:\n${output.join("")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { port, process: child, startedInMilliseconds: performance.now() - startedAt, stop };
}

/** Memory of a process as the kernel counts it, in MiB. */
export async function residentMebibytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
