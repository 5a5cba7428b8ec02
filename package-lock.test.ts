import { expect, test } from "vitest";
import lock from "./package-lock.json" with { type: "json" };

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
  version?: string;
}

const packages: Record<string, LockedPackage> = lock.packages;

test("the lock holds every optional package of every platform: npm ci refuses it otherwise", () => {
  const missing = Object.values(packages)
    .flatMap((locked) => Object.keys(locked.optionalDependencies ?? {}))
    .filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});

test("the lock names no download address", () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
