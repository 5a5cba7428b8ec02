import { routes, tenantRoute } from "@/lib/gates/route";
import { deletePipeline, replacePipeline } from "@/lib/resources/pipelines/mutations";
import { getPipeline } from "@/lib/resources/pipelines/queries";
import { pipelineInputSchema } from "@/lib/resources/pipelines/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantRoute({ scope: "pipeline:read" }, async ({ grant, id }) => ({
    status: 200,
    body: await getPipeline(grant, id),
  })),
  PUT: tenantRoute({ scope: "pipeline:write", body: pipelineInputSchema }, async ({ grant, id, body }) => ({
    status: 200,
    body: await replacePipeline(grant, id, body),
  })),
  DELETE: tenantRoute({ scope: "pipeline:write" }, async ({ grant, id }) => {
    await deletePipeline(grant, id);
    return { status: 204 };
  }),
});
