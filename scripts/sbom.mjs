import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";
import { fail } from "./steps.mjs";

// `npm run sbom`: what a deployment consists of, with versions, hashes and licences, as CycloneDX 1.5 JSON.

const target = join(root, ".setup", "sbom.cdx.json");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const { status, stdout, stderr } = spawnSync(npm, ["sbom", "--sbom-format=cyclonedx", "--omit=dev"], {
  ...{ cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
});
if (status !== 0) fail(`npm sbom failed:\n${stderr}`);
mkdirSync(join(root, ".setup"), { recursive: true });
writeFileSync(target, stdout);
process.stdout.write(`✓ ${target}: ${JSON.parse(stdout).components.length} components\n`);
