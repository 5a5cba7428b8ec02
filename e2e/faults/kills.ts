import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";
import { ask, type Call } from "./ask";
import { killed } from "./postgres";

interface ApiProcess {
  url: string;
  kill(): Promise<void>;
}

/** Processes that answer the API, each there to be killed; the next ones start meanwhile. */
export class Victims {
  private readonly settings: Record<string, string>;
  private readonly children = new Set<ChildProcess>();
  private readonly waiting: Promise<ApiProcess>[];

  constructor(settings: Record<string, string>, ahead: number) {
    this.settings = settings;
    this.waiting = Array.from({ length: ahead }, () => this.start());
  }

  /** The next of them, ready to answer. */
  next(): Promise<ApiProcess> {
    this.waiting.push(this.start());
    return this.waiting.shift() ?? this.start();
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.waiting);
    await Promise.all([...this.children].map(killed));
  }

  private async start(): Promise<ApiProcess> {
    const args = ["--conditions=react-server", "--import", "tsx", "e2e/faults/api-process.ts"];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NODE_OPTIONS: "", NODE_NO_WARNINGS: "1", NODE_ENV: "production", ...this.settings },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.children.add(child);
    child.once("exit", () => this.children.delete(child));
    const [address] = await once(child, "message");
    const { port } = z.object({ port: z.number() }).parse(address);
    return { url: `http://127.0.0.1:${port}`, kill: () => killed(child) };
  }
}

/**
 * Makes changes on a process and kills it as soon as some of them are answered, while the others are under way. Returns
 * the answers that came, and how many of the changes were cut short.
 */
export async function killAmid(victim: ApiProcess, calls: readonly Call[], afterAnswers: number) {
  const answers: { status: number; text: string }[] = [];
  let kill: Promise<void> | undefined;
  await Promise.all(
    calls.map(async (call) => {
      const outcome = await ask(victim.url, call, 20_000);
      if (outcome.kind !== "answer") return;
      answers.push(outcome);
      if (answers.length >= afterAnswers) kill ??= victim.kill();
    }),
  );
  await (kill ?? victim.kill());
  return { cut: calls.length - answers.length, answers };
}
