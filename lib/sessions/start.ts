import type { Origin, SignInMethod } from "@/lib/access/principal";
import type { Prisma } from "@/lib/db/generated/client";

interface NewSession {
  userId: string;
  sessionVersion: number;
  method: SignInMethod;
  /** When the password was last given; null: now, by the database's clock. */
  authenticatedAt: Date | null;
  /** The session whose cookie the new one's takes the place of. */
  replaces: string | null;
}

/** Begins a session, and ends the one that this browser had. Returns its id. */
export async function startSession(
  transaction: Prisma.TransactionClient,
  { userId, sessionVersion, method, authenticatedAt, replaces }: NewSession,
  { address, userAgent }: Pick<Origin, "address" | "userAgent">,
): Promise<string> {
  if (replaces !== null)
    await transaction.session.updateMany({
      where: { id: replaces, endedAt: null },
      data: { endedAt: new Date(), endReason: "replaced" },
    });
  const { id } = await transaction.session.create({
    // PostgreSQL has no NUL and no half of a surrogate pair, whoever sent one.
    data: {
      userId,
      sessionVersion,
      method,
      ...(authenticatedAt !== null && { authenticatedAt }),
      address,
      userAgent: userAgent?.toWellFormed().replaceAll("\0", "\ufffd") ?? null,
    },
    select: { id: true },
  });
  return id;
}
