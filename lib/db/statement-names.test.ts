import { expect, test } from "vitest";
import { createStatementNames } from "./statement-names";

const asked = (nameOf: ReturnType<typeof createStatementNames>, sql: string, times: number) =>
  Array.from({ length: times }, () => nameOf({ sql, args: [1] })).at(-1);

test("a statement has a name of its own once it is asked often, and keeps it", () => {
  const nameOf = createStatementNames();
  expect(asked(nameOf, "select $1", 19)).toBe("");
  const name = asked(nameOf, "select $1", 1);
  expect(name).not.toBe("");
  expect(asked(nameOf, "select $1", 50)).toBe(name);
  expect(asked(nameOf, "select $1 + 1", 20)).not.toBe(name);
});

test("one without parameters has none", () => {
  const nameOf = createStatementNames();
  for (let time = 0; time < 50; time++) expect(nameOf({ sql: "COMMIT", args: [] })).toBe("");
});

test("however many there are, a bounded number has names, and each another", () => {
  const nameOf = createStatementNames();
  const names = Array.from({ length: 3000 }, (_, index) => asked(nameOf, `select $1 + ${index}`, 20));
  expect(new Set(names).size).toBe(101);
  expect(names.filter((name) => name !== "")).toHaveLength(100);
});
