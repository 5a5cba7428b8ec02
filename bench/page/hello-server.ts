import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "@/lib/free-port";

const root = join(import.meta.dirname, "..", "..");
const next = join(root, "node_modules", "next", "dist", "bin", "next");
const hello = join(import.meta.dirname, "hello");

/** Builds Next's smallest page with the Next that we run on, and serves it: what a page is measured against. */
export async function startHello(): Promise<{ url: string; stop: () => void }> {
  const build = run(["build"]);
  const [code] = await once(build, "exit");
  if (code !== 0) throw new Error("The hello page does not build");
  const port = await freePort();
  const server = run(["start", "--port", String(port), "--hostname", "127.0.0.1"]);
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(url).catch(() => null))?.ok) {
    if (server.exitCode !== null) throw new Error("The hello page does not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, stop: () => server.kill() };
}

function run(args: string[]): ChildProcess {
  return spawn(process.execPath, [next, ...args], {
    cwd: hello,
    env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}
