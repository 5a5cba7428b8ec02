import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "@/lib/free-port";
import { killed } from "./postgres";

const startDeadlineMilliseconds = 60_000;

/** One instance of the service: a process of its own, on an address that outlives it. */
export class Instance {
  readonly name: string;
  readonly url: string;
  /** Set while the test itself makes it unreachable; any other failure to connect counts against it. */
  mayBeAway = false;
  private readonly settings: Record<string, string>;
  private child: ChildProcess | undefined;
  private output = "";

  private constructor(name: string, port: number, settings: Record<string, string>) {
    this.name = name;
    this.url = `http://127.0.0.1:${port}`;
    this.settings = { ...settings, PORT: String(port) };
  }

  static async start(name: string, settings: Record<string, string>): Promise<Instance> {
    const instance = new Instance(name, await freePort(), settings);
    await instance.start();
    return instance;
  }

  /** Starts the process that `npm start` would, and resolves when it is ready. */
  async start(more: Record<string, string> = {}): Promise<void> {
    const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", "server.ts"], {
      env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production", ...this.settings, ...more },
      // The server ends itself when this channel closes, so that it never outlives a killed test run.
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.output = (this.output + chunk.toString()).slice(-20_000);
      });
    const deadline = Date.now() + startDeadlineMilliseconds;
    while (!(await isReady(this.url))) {
      if (this.isDead || Date.now() > deadline) throw new Error(`${this.name} did not start:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  get isDead(): boolean {
    return this.child === undefined || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The end of what it said. */
  get lastWords(): string {
    return this.output.slice(-4000);
  }

  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  async kill(): Promise<void> {
    if (this.child) await killed(this.child);
  }

  /** Asks it to end, and resolves with its exit code once it has. */
  async terminate(): Promise<number | null> {
    const { child } = this;
    if (!child) return null;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    return child.exitCode;
  }
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
  return response?.ok ?? false;
}
