import { describe, expect, test } from "vitest";
import { allScopes } from "@/lib/access/scopes";
// biome-ignore lint/style/noRestrictedImports: the German words are what is tested.
import german from "@/lib/text/de.json";
import { createText } from "@/lib/text/text";
import { describeAccess } from "./wording";

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
    expect(describeAccess(access, createText("en"))).toBe(words);
  });

  test.each([
    [{ scopes: ["pipeline:read"], ...none }, "Pipelines lesen"],
    [
      { scopes: ["pipeline:read", "metrics:write"], datasetCount: 2, pipelineCount: 0 },
      "Pipelines lesen und Metriken in 2 Datasets schreiben",
    ],
    [
      { scopes: ["pipeline:read", "pipeline:write", "alerts:read", "audit:read"], ...none },
      "Pipelines lesen und schreiben sowie Alarme und das Audit-Protokoll lesen",
    ],
    [{ scopes: ["pipeline:read"], datasetCount: 0, pipelineCount: 1 }, "1 Pipeline lesen"],
  ] as const)("in German: %j", (access, words) => {
    expect(describeAccess(access, createText("de", german))).toBe(words);
  });
});
