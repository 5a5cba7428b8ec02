import type { Origin } from "@/lib/access/principal";
import type { Prisma } from "@/lib/db/generated/client";

interface NewSession {
  userId: string;
  sessionVersion: number;
  /** The session whose cookie the new one's takes the place of. */
  replaces: string | null;
}

/** Begins a session, and ends the one that this browser had. Returns its id. */
export async function startSession(
  transaction: Prisma.TransactionClient,
  { userId, sessionVersion, replaces }: NewSession,
  { address, userAgent }: Pick<Origin, "address" | "userAgent">,
): Promise<string> {
  if (replaces !== null)
    await transaction.session.updateMany({
      where: { id: replaces, endedAt: null },
      data: { endedAt: new Date(), endReason: "replaced" },
    });
  const { id } = await transaction.session.create({
    // PostgreSQL has no NUL and no half of a surrogate pair, whoever sent one.
    data: { userId, sessionVersion, address, userAgent: userAgent?.toWellFormed().replaceAll("\0", "\ufffd") ?? null },
    select: { id: true },
  });
  return id;
}
