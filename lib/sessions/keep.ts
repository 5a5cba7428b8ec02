import type { SessionPrincipal } from "@/lib/access/principal";
import type { Prisma } from "@/lib/db/generated/client";

/** Lets the session that changed the password go on, under the session version from then on. It was just given the password. */
export async function keepSession(
  transaction: Prisma.TransactionClient,
  { sessionId, user }: SessionPrincipal,
  sessionVersion: number,
): Promise<void> {
  await transaction.$executeRaw`
    update sessions set session_version = ${sessionVersion}, ended_at = null, end_reason = null, authenticated_at = now()
    where id = ${sessionId}::uuid and user_id = ${user.id}::uuid and end_reason = 'password_changed'`;
}
