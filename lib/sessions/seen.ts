import { db } from "@/lib/db/client";

/** How exactly a session's last use is known: it is written at most this often. */
export const seenPrecisionSeconds = 60;

/** Notes that a session is in use. Of many calls at once, one writes. */
export async function markSeen(sessionId: string): Promise<void> {
  await db.$executeRaw`
    update sessions set last_seen_at = now()
    where id = ${sessionId}::uuid and ended_at is null
      and last_seen_at < now() - make_interval(secs => ${seenPrecisionSeconds})`;
}
