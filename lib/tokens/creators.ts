import type { Grant, OrganizationGrant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import { withinFence } from "./queries";

/** Leave to read in one tenant, or in every tenant of the organization. */
type ReadGrant = Grant<"token:read"> | OrganizationGrant<"token:read">;

export interface Creator {
  id: string;
  name: string;
}

/** The most creators that are listed. */
const maxCreators = 200;

/** Who created the API tokens that may be read, by name, the first 200. */
export async function listCreators(grant: ReadGrant): Promise<Creator[]> {
  return db.user.findMany({
    where: { createdTokens: { some: withinFence(grant) } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: maxCreators,
    select: { id: true, name: true },
  });
}

/** The name of someone who created any of these; null when nobody of that id did. */
export async function creatorName(grant: ReadGrant, id: string): Promise<string | null> {
  const token = await db.token.findFirst({
    where: { ...withinFence(grant), createdById: id },
    select: { createdBy: { select: { name: true } } },
  });
  return token?.createdBy.name ?? null;
}
