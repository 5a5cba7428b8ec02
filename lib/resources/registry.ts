import type { PathOperations } from "@/lib/operation";
import { alertOperations } from "./alerts/alerts";
import { collectorOperations } from "./collectors/collectors";
import { datasetOperations } from "./datasets/datasets";
import { knowledgeOperations } from "./knowledge/knowledge";
import { pipelineOperations } from "./pipelines/pipelines";

/** Every path under /v1 with its operations. A new resource is a folder here and a line in this table. */
export const resourceOperations: Readonly<Record<string, PathOperations>> = {
  ...pipelineOperations,
  ...collectorOperations,
  ...datasetOperations,
  ...alertOperations,
  ...knowledgeOperations,
};
