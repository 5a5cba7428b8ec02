import { expect, test } from "vitest";
import { revocationCsv } from "./bulk-csv";

const found = {
  outcome: "revoked",
  hint: "pxt_…abcd",
  lastUsedAt: null,
  expiresAt: "2027-01-01T00:00:00.000Z",
} as const;

test("the CSV of a revocation has a header and a row for each token", () => {
  expect(
    revocationCsv([
      { ...found, id: "1", name: 'say "hi", please' },
      { id: "2", outcome: "not_found" },
    ]),
  ).toBe(
    [
      "id,outcome,name,hint,lastUsedAt,expiresAt",
      '1,revoked,"say ""hi"", please",pxt_…abcd,,2027-01-01T00:00:00.000Z',
      "2,not_found,,,,",
      "",
    ].join("\r\n"),
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1"])("a name such as %j is no formula", (name) => {
  expect(revocationCsv([{ ...found, id: "1", name }])).toContain(`,'${name},`);
});
