import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findBrowser } from "./browser.mjs";
import { findPrograms } from "./packages.mjs";
import { checkNode, root, setUp } from "./setup.mjs";
import { bold, duration, fail, grey, step } from "./steps.mjs";

// `npm test`: sets the checkout up, then runs every check in order and stops at the first that fails.
// `npm test -- unit browser` runs only the named stages.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ name: string, commands: string[][], env?: Record<string, string>, count?: () => Counts }} Stage */

const reports = join(root, ".setup", "reports");
/** @param {string} path */
const bin = (path) => [process.execPath, join("node_modules", path)];

checkNode();
await setUp({ build: true });
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const selected = stages().filter(({ name }) => process.argv.length < 3 || process.argv.slice(2).includes(name));
if (selected.length === 0)
  fail(
    `The stages are: ${stages()
      .map(({ name }) => name)
      .join(", ")}`,
  );
const withBrowser = selected.some(({ name }) => name === "browser");
const browser = withBrowser ? await step("Browser", findBrowser) : undefined;
/** @type {Parameters<typeof findPrograms>[0]} */
const wanted = [
  ...(withBrowser ? /** @type {const} */ (["nginx", "caddy"]) : []),
  ...(selected.some(({ name }) => name === "integration" || name === "faults")
    ? /** @type {const} */ (["redis-server", "nginx"])
    : []),
];
const programs = wanted.length > 0 ? await step("Programs", () => findPrograms(wanted)) : {};

/** @type {{ name: string, took: string, ok: boolean, counts: Counts | undefined }[]} */
const results = [];
for (const stage of selected) {
  process.stdout.write(`\n${bold(`── ${stage.name} ${"─".repeat(60 - stage.name.length)}`)}\n`);
  const start = performance.now();
  const ok = await runStage(stage);
  results.push({ name: stage.name, took: duration(performance.now() - start), ok, counts: countsOf(stage) });
  if (ok) continue;
  const rest = stage === selected.at(-1) ? "" : "; the ones after it were not run";
  process.stdout.write(`\n${bold(`✗ The stage "${stage.name}" failed`)}${rest}.\n`);
  break;
}
report();

/** @returns {Stage[]} */
function stages() {
  return [
    { name: "lint", commands: [[...bin("@biomejs/biome/bin/biome"), "ci", "."]] },
    {
      name: "types",
      commands: [
        [...bin("next/dist/bin/next"), "typegen"],
        [...bin("typescript/bin/tsc"), "--noEmit", "--incremental", "false"],
      ],
    },
    vitest("unit"),
    vitest("integration"),
    {
      name: "start",
      commands: [
        [
          ...[process.execPath, "--test", "--test-reporter=spec", "--test-reporter-destination=stdout"],
          ...["--test-reporter=tap", `--test-reporter-destination=${reportOf("start")}`],
          ...["scripts/check-start.mjs", "scripts/check-operations.mjs"],
        ],
      ],
      count: () => {
        const text = readFileSync(reportOf("start"), "utf8");
        /** @param {string} name */
        const total = (name) => Number(text.match(new RegExp(`^# ${name} (\\d+)$`, "m"))?.[1] ?? 0);
        return { passed: total("pass"), failed: total("fail") + total("cancelled"), skipped: total("skipped") };
      },
    },
    {
      name: "browser",
      commands: [[...bin("@playwright/test/cli.js"), "test", "--reporter=list,json"]],
      // Stories make their rows through lib, which is server-only.
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportOf("browser"), NODE_OPTIONS: "--conditions=react-server" },
      count: () => {
        const { expected, flaky, unexpected, skipped } = readReport("browser").stats;
        return { passed: expected + flaky, failed: unexpected, skipped };
      },
    },
    // Last, and alone: what it breaks must be nobody else's.
    vitest("faults"),
  ];
}

/**
 * @param {string} project
 * @returns {Stage}
 */
function vitest(project) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportOf(project)}`];
  return {
    name: project,
    commands: [[...bin("vitest/vitest.mjs"), "run", "--project", project, ...reporters]],
    count: () => {
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport(project);
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
  };
}

/** @param {Stage} stage */
async function runStage({ name, commands, env }) {
  if (name === "browser" && browser === undefined) {
    process.stdout.write("No Chromium could be found or installed. Install one, or set CHROMIUM_PATH to it.\n");
    return false;
  }
  for (const command of commands) {
    if ((await run(command, { ...env, ...programs, ...(browser && { CHROMIUM_PATH: browser }) })) !== 0) return false;
  }
  return true;
}

/**
 * @param {string[]} command
 * @param {Record<string, string>} env
 */
function run([program = "", ...args], env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
    child.once("error", () => resolve(1));
    child.once("exit", resolve);
  });
}

/** @param {string} name */
function reportOf(name) {
  return join(reports, name);
}

/** @param {string} name */
function readReport(name) {
  return JSON.parse(readFileSync(reportOf(name), "utf8"));
}

/** @param {Stage} stage */
function countsOf({ count }) {
  try {
    return count?.();
  } catch {
    return undefined;
  }
}

function report() {
  process.stdout.write("\n");
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, took, ok, counts } of results) {
    const tests = counts === undefined ? "" : grey(sentence(counts));
    process.stdout.write(`${ok ? "✓" : "✗"} ${name.padEnd(12)} ${took.padStart(12)}   ${tests}\n`);
    total.passed += counts?.passed ?? 0;
    total.skipped += counts?.skipped ?? 0;
    // A stage can fail without a failed test: a crash, or a stage that has no tests.
    total.failed += ok ? 0 : Math.max(1, counts?.failed ?? 0);
  }
  process.exitCode = total.failed === 0 ? 0 : 1;
  process.stdout.write(`\n${sentence(total)}\n`);
}

/** @param {Counts} counts */
function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
