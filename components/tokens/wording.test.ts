import { describe, expect, test } from "vitest";
import { allScopes } from "@/lib/access/scopes";
import { describeAccess, listed } from "./wording";

describe("the review line says exactly what a token may do", () => {
  const none = { datasetCount: 0, pipelineCount: 0 };

  test.each([
    [{ scopes: [], ...none }, ""],
    [{ scopes: ["pipeline:read"], ...none }, "read pipelines"],
    [
      { scopes: ["pipeline:read", "metrics:write"], datasetCount: 2, pipelineCount: 0 },
      "read pipelines and write metrics to 2 datasets",
    ],
    [
      { scopes: ["metrics:read", "metrics:write"], datasetCount: 1, pipelineCount: 0 },
      "read and write metrics in 1 dataset",
    ],
    [
      { scopes: ["pipeline:read", "pipeline:write", "alerts:read"], ...none },
      "read and write pipelines, and read alerts",
    ],
    [{ scopes: ["pipeline:read"], datasetCount: 0, pipelineCount: 3 }, "read 3 pipelines"],
    [{ scopes: allScopes, ...none }, "do everything this deployment exposes"],
  ] as const)("%j", (access, words) => {
    expect(describeAccess(access)).toBe(words);
  });

  test("lists read as English", () => {
    expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
  });
});
