import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const read = (path: string) => readFileSync(path, "utf8");
const named = /`((?:[\w.[\]-]+\/)*[\w.[\]-]+\.(?:tsx?|mjs|json|ya?ml|md|prisma|sql|conf|service)|Dockerfile)`/g;
const linked = /\]\(([\w./-]+)\)/g;
/** A file of tests, and the names of those in it that are meant. */
const cited = /`([^`]+\.(?:test|spec)\.ts)`((?: "[^"]+")+)/g;

describe.each(["docs/security.md", "docs/asvs.md"])("%s", (page) => {
  const text = read(page);

  test("names no file that is not there", () => {
    const files = [...text.matchAll(named)].map(([, path = ""]) => path);
    const links = [...text.matchAll(linked)].map(([, path = ""]) => join(dirname(page), path));
    expect(files.length).toBeGreaterThan(20);
    expect([...files, ...links].filter((path) => !existsSync(path))).toEqual([]);
  });

  test("quotes no test that is not there", () => {
    const tests = [...text.matchAll(cited)].flatMap(([, file = "", names = ""]) =>
      [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => ({ file, name })),
    );
    expect(tests.length).toBeGreaterThan(20);
    const missing = ({ file, name }: { file: string; name: string }) =>
      !existsSync(file) || !['"', "`"].some((quote) => read(file).includes(name + quote));
    expect(tests.filter(missing)).toEqual([]);
  });
});

test("each promise says where it is kept, and which test fails without it", () => {
  const [, promises = ""] = /\n## Promises\n(.*?)\n## /s.exec(read("docs/security.md")) ?? [];
  const rows = promises.split("\n").filter((line) => /^\| (?!promise |---)/.test(line));
  expect(rows.length).toBeGreaterThan(40);
  const isKept = (row: string) => {
    const [, , keptIn = "", tests = ""] = row.split("|");
    return keptIn.search(named) >= 0 && tests.search(cited) >= 0;
  };
  expect(rows.filter((row) => !isKept(row))).toEqual([]);
});
