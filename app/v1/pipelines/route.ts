import { routes, tenantRoute } from "@/lib/gates/route";
import { putPipelineByName } from "@/lib/resources/pipelines/mutations";
import { listPipelines } from "@/lib/resources/pipelines/queries";
import { pipelineInputSchema, pipelineListQuerySchema } from "@/lib/resources/pipelines/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantRoute({ scope: "pipeline:read", query: pipelineListQuerySchema }, async ({ grant, query }) => {
    const { items, nextCursor } = await listPipelines(grant, query);
    return { status: 200, body: { items, nextCursor } };
  }),
  POST: tenantRoute({ scope: "pipeline:write", body: pipelineInputSchema }, async ({ grant, body }) => {
    const { created, pipeline } = await putPipelineByName(grant, body);
    return { status: created ? 201 : 200, body: pipeline };
  }),
});
