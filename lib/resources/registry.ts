import type { PathOperations } from "@/lib/operation";
import { alertApi } from "./alerts/alerts";
import { collectorApi } from "./collectors/collectors";
import { datasetApi } from "./datasets/datasets";
import type { ResourceApi } from "./define";
import { knowledgeApi } from "./knowledge/knowledge";
import { pipelineApi } from "./pipelines/pipelines";

/** The resources under /v1. A new one is a folder here and an entry in this list. */
export const resourceApis: readonly ResourceApi[] = [pipelineApi, collectorApi, datasetApi, alertApi, knowledgeApi];

/** Every path under /v1 with its operations. */
export const resourceOperations: Readonly<Record<string, PathOperations>> = Object.fromEntries(
  resourceApis.flatMap(({ operations }) => Object.entries(operations)),
);
