import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findPrograms } from "./packages.mjs";
import { checkNode, root, setUp } from "./setup.mjs";
import { fail, step } from "./steps.mjs";

// `npm run bench`: sets the checkout and the benchmark's peers up, then runs bench/run.ts with the arguments given.

checkNode();
await setUp({ build: true });
const peers = join(root, "bench", "peers");
await step("Peers", async () => {
  if (existsSync(join(peers, "node_modules", ".package-lock.json"))) return "up to date";
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], peers, {});
  return "installed";
});
const programs = await step("Programs", () => findPrograms(["nginx"]));
const bench = ["--import", "tsx", join("bench", "run.ts"), ...process.argv.slice(2)];
await run(process.execPath, bench, root, { ...programs, NODE_OPTIONS: "--conditions=react-server" });

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} env
 * @returns {Promise<void>}
 */
function run(program, args, cwd, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: "inherit", env: { ...process.env, ...env } });
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code) => (code === 0 ? resolve() : fail(`${program} ${args.join(" ")} ended with ${code}`)));
  });
}
