import type { Grant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { notFound, Problem } from "@/lib/errors";
import { findPipeline, type PipelineView, viewOf, visiblePipelines } from "./queries";
import type { PipelineInput } from "./schema";

type WriteGrant = Grant<"pipeline:write">;

/** Creates a pipeline, or updates the one of the same name. Throws 403 when the caller's token is limited to others. */
export async function putPipelineByName(
  grant: WriteGrant,
  input: PipelineInput,
): Promise<{ created: boolean; pipeline: PipelineView }> {
  const { organizationId, tenantId } = grant;
  return db.$transaction(async (transaction) => {
    if (!grant.limits.pipelines) {
      const inserted = await transaction.pipeline.createMany({
        data: { ...columnsOf(input), organizationId, tenantId },
        skipDuplicates: true,
      });
      if (inserted.count === 1)
        return { created: true, pipeline: await recorded(transaction, grant, input.name, "created") };
    }
    const updated = await transaction.pipeline.updateMany({
      where: { AND: [visiblePipelines(grant), { name: input.name }] },
      data: { ...columnsOf(input), updatedAt: new Date() },
    });
    if (updated.count === 0)
      throw new Problem({ code: "forbidden" }, "This token is limited to chosen pipelines and cannot write others");
    return { created: false, pipeline: await recorded(transaction, grant, input.name, "updated") };
  });
}

/** Replaces a pipeline. Throws 404, and 409 when another pipeline has the name. */
export async function replacePipeline(grant: WriteGrant, id: string, input: PipelineInput): Promise<PipelineView> {
  return db.$transaction(async (transaction) => {
    try {
      const { count } = await transaction.pipeline.updateMany({
        where: { AND: [visiblePipelines(grant), { id }] },
        data: { ...columnsOf(input), updatedAt: new Date() },
      });
      if (count === 0) throw notFound("pipeline");
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
        throw new Problem({ code: "conflict" }, `Another pipeline is named "${input.name}"`);
      throw error;
    }
    return recorded(transaction, grant, input.name, "updated");
  });
}

/** Deletes a pipeline. Throws 404. */
export async function deletePipeline(grant: WriteGrant, id: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    const pipeline = await findPipeline(transaction, grant, id);
    const { count } = await transaction.pipeline.deleteMany({ where: { AND: [visiblePipelines(grant), { id }] } });
    if (!pipeline || count === 0) throw notFound("pipeline");
    const target = { kind: "pipeline", id, label: pipeline.name };
    await recordAudit(transaction, grant, [{ action: "pipeline.deleted", target }]);
  });
}

/** The pipeline as it now is, put on record. */
async function recorded(
  transaction: Prisma.TransactionClient,
  grant: WriteGrant,
  name: string,
  change: "created" | "updated",
): Promise<PipelineView> {
  const { id } = await transaction.pipeline.findFirstOrThrow({
    where: { AND: [visiblePipelines(grant), { name }] },
    select: { id: true },
  });
  const pipeline = await findPipeline(transaction, grant, id);
  if (!pipeline) throw notFound("pipeline");
  const target = { kind: "pipeline", id, label: pipeline.name };
  await recordAudit(transaction, grant, [{ action: `pipeline.${change}`, target }]);
  return viewOf(pipeline);
}

function columnsOf(input: PipelineInput) {
  return { ...input, configuration: input.configuration as Prisma.InputJsonObject };
}
