import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";

const mostChoices = 500;

/** The datasets and pipelines a token of this tenant can be limited to, by name. */
export async function listLimitChoices(grant: Grant<"token:write">) {
  const { organizationId, tenantId } = grant;
  const query = {
    where: { organizationId, tenantId },
    orderBy: { name: "asc" },
    take: mostChoices,
    select: { id: true, name: true },
  } as const;
  const [datasets, pipelines] = await Promise.all([db.dataset.findMany(query), db.pipeline.findMany(query)]);
  return { datasets, pipelines };
}

/** The names of the datasets and pipelines a token is limited to, of those that still exist. */
export async function nameLimits(
  { organizationId, tenantId }: Grant<"token:read">,
  limits: { datasets?: readonly string[] | undefined; pipelines?: readonly string[] | undefined } | null,
) {
  const query = (ids: readonly string[] = []) => ({
    where: { organizationId, tenantId, id: { in: [...ids] } },
    orderBy: { name: "asc" as const },
    select: { id: true, name: true },
  });
  const [datasets, pipelines] = await Promise.all([
    db.dataset.findMany(query(limits?.datasets)),
    db.pipeline.findMany(query(limits?.pipelines)),
  ]);
  return { datasets, pipelines };
}
