import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import manifest from "../package.json" with { type: "json" };
import lock from "../package-lock.json" with { type: "json" };

interface LockedPackage {
  version?: string;
  license?: string;
  hasInstallScript?: boolean;
  integrity?: string;
}

const packages = Object.entries<LockedPackage>(lock.packages).flatMap(([path, locked]) =>
  path === "" ? [] : [{ path, name: path.replace(/^.*node_modules\//, ""), ...locked }],
);

/** Each may be used and shipped with a service; of the weak copyleft ones, unchanged files. */
const permissive = ["MIT", "MIT-0", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "BlueOak-1.0.0"];
const allowed = new Set([
  ...permissive,
  ...["Unlicense", "Python-2.0", "CC-BY-4.0", "SIL OPEN FONT LICENSE", "LGPL-3.0-or-later", "MPL-2.0", "EPL-2.0"],
]);

test("every package has a licence that is on the list", () => {
  const others = packages.flatMap(({ path, license }) => {
    const found = license ?? licenceInstalled(path);
    // Of packages for other platforms the lock may not know it; their siblings are installed.
    if (found === undefined) return existsSync(path) ? [`${path}: none`] : [];
    const terms = found.replace(/[()]/g, "").split(/ (?:AND|OR|and|or) /);
    return terms.every((term) => allowed.has(term)) ? [] : [`${path}: ${found}`];
  });
  expect(others).toEqual([]);
});

test("only what is locked by its hash is installed, and no install script runs", () => {
  expect(packages.filter(({ integrity }) => integrity === undefined).filter(({ path }) => existsSync(path))).toEqual(
    [],
  );
  const ranges = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(ranges.filter((range) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toEqual([]);
  expect(new Set(Object.values(manifest.allowScripts))).toEqual(new Set([false]));
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
  for (const file of ["scripts/setup.mjs", "Dockerfile"]) {
    const installs = readFileSync(file, "utf8").match(/^(?=.*\bnpm\b).*\b(ci|install|i)\b(?!\w).*--.*$/gm) ?? [];
    expect(installs).toEqual([expect.stringMatching(/\bci\b.*--ignore-scripts/)]);
  }
});

test("no package is below the versions that docs/security.md names", () => {
  const floors = readFileSync("docs/security.md", "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, name, version, advisory] = line.split("|").map((cell) => cell.trim());
      return name && version && advisory && /^\d+\.\d+\.\d+$/.test(version) ? [{ name, version, advisory }] : [];
    });
  expect(floors.length).toBeGreaterThan(10);
  for (const { advisory } of floors)
    expect(advisory).toMatch(/^GHSA(-[2-9cfghjmpqrvwx]{4}){3}(, GHSA(-[2-9cfghjmpqrvwx]{4}){3})*$/);
  const below = floors.flatMap(({ name, version, advisory }) => {
    const locked = packages.filter((one) => one.name === name);
    if (locked.length === 0) return [`${name} is not used any more: take ${advisory} out`];
    return locked
      .filter((one) => compareVersions(one.version ?? "0", version) < 0)
      .map((one) => `${one.path} is ${one.version}: ${advisory} asks for ${version}`);
  });
  expect(below).toEqual([]);
});

test.each([
  ["9.0.0", "9.1.0", -1],
  ["10.0.0", "9.1.0", 1],
  ["9.1.0", "9.1.0", 0],
  ["9.1.0-beta.1", "9.1.0", -1],
])("%s against %s is %i", (left, right, order) => {
  expect(Math.sign(compareVersions(left, right))).toBe(order);
});

/** By their numbers; a prerelease is before its release. */
function compareVersions(left: string, right: string): number {
  const [leftCore = "", leftTail] = left.split(/-(.*)/);
  const [rightCore = "", rightTail] = right.split(/-(.*)/);
  const order = leftCore.localeCompare(rightCore, "en", { numeric: true });
  return order === 0 ? Number(leftTail === undefined) - Number(rightTail === undefined) : order;
}

/** Read by a person, where the package does not say: its LICENSE is MIT's. */
const readByHand: Readonly<Record<string, string>> = { "node_modules/seq-queue": "MIT" };

function licenceInstalled(path: string): string | undefined {
  if (path in readByHand) return readByHand[path];
  const file = join(path, "package.json");
  if (!existsSync(file)) return undefined;
  return z.object({ license: z.string().optional() }).parse(JSON.parse(readFileSync(file, "utf8"))).license;
}
