import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { portProblem } from "./port.mjs";
import { checkNode, root, setUp } from "./setup.mjs";
import { fail } from "./steps.mjs";

// `npm start`, and with --dev `npm run dev`: sets the checkout up, then runs server.ts until it ends.

const dev = process.argv.includes("--dev");
/** @type {NodeJS.Signals[]} */
const endings = ["SIGINT", "SIGTERM", "SIGHUP"];
/** @param {NodeJS.Signals} signal */
const leave = (signal) => process.exit(128 + constants.signals[signal]);

checkNode();
if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
for (const signal of endings) process.on(signal, leave);
await checkPort();
await setUp({ build: !dev });
serve();

/**
 * package.json exec's this script, so that npm's signals arrive here; when npm itself is killed (-9), nothing would.
 * @param {() => void} onGone
 */
function watchNpm(onGone) {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => process.ppid !== parent && onGone(), 250);
}

async function checkPort() {
  const port = Number(process.env.PORT || 3000);
  // A port that is none is reported later, with every other setting that is wrong.
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const host = process.env.HOST || "127.0.0.1";
  // A killed instance may be about to end.
  const deadline = Date.now() + 2000;
  for (;;) {
    const problem = await portProblem(port, host);
    if (problem === undefined) return;
    if (Date.now() > deadline) fail(problem);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function serve() {
  const args = ["--conditions=react-server", "--import", "tsx", "server.ts"];
  const server = spawn(process.execPath, args, {
    cwd: root,
    // The server ends itself when this channel closes, so that it never outlives a killed launcher.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  for (const signal of endings) {
    process.off(signal, leave);
    process.on(signal, () => server.kill(signal));
  }
  watchNpm(() => server.kill());
  server.once("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? "SIGKILL"]));
}
