import fc from "fast-check";
import { expect, test } from "vitest";
import { hideableColumns, parseTableView, serializeTableView } from "./table-view";

const everyId = hideableColumns.map(({ id }) => id);

test("a view comes back from its cookie as it was", () => {
  fc.assert(
    fc.property(
      fc.record({ hidden: fc.subarray(everyId), density: fc.constantFrom("comfortable" as const, "compact" as const) }),
      (view) => {
        expect(parseTableView(serializeTableView(view))).toEqual(view);
      },
    ),
  );
});

test("whatever stands in the cookie, the table is shown in a way it knows", () => {
  fc.assert(
    fc.property(fc.option(fc.string(), { nil: undefined }), (value) => {
      const { hidden, density } = parseTableView(value);
      expect(["comfortable", "compact"]).toContain(density);
      expect(everyId).toEqual(expect.arrayContaining([...hidden]));
    }),
  );
});
