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

/** The operations of a path such as `/v1/alerts/0198…/resolve`, and the id in it; null when there is no such path. */
export function findResourcePath(path: string): { operations: PathOperations; id: string | undefined } | null {
  const segments = path.split("/");
  for (const [pattern, operations] of Object.entries(resourceOperations)) {
    const wanted = pattern.split("/");
    if (wanted.length !== segments.length) continue;
    if (wanted.every((segment, index) => segment === "{id}" || segment === segments[index])) {
      const id = segments[wanted.indexOf("{id}")];
      return { operations, id };
    }
  }
  return null;
}
