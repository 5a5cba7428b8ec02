import { db } from "@/lib/db/client";
import { env } from "@/lib/env";

const deliveriesKeptDays = 30;
/** How long a session is on file beyond its age, to tell what became of it. */
const sessionsKeptDays = 30;
const batchSize = 5000;
/** No job takes as long: one that does was begun by a process that is no more. */
const abandonedMinutes = 15;

/** Deletes the log of old deliveries, expired idempotency keys and sessions of long ago, and frees the jobs of processes that were killed. */
export async function keepHouse(now: Date): Promise<void> {
  const before = new Date(now.getTime() - deliveriesKeptDays * 24 * 60 * 60 * 1000);
  for (let deleted = batchSize; deleted === batchSize; )
    deleted = await db.$executeRaw`
      delete from webhook_deliveries where id in (
        select id from webhook_deliveries where created_at < ${before} and state <> 'pending' limit ${batchSize})`;
  await db.idempotencyKey.deleteMany({ where: { expiresAt: { lte: now } } });
  await db.ssoReturn.deleteMany({ where: { expiresAt: { lte: now } } });
  await db.$executeRaw`
    delete from sessions where created_at < now() - make_interval(secs => ${env.SESSION_LIFETIME_SECONDS}, days => ${sessionsKeptDays})`;
  await db.$executeRaw`
    select graphile_worker.force_unlock_workers(array(
      select locked_by from graphile_worker.jobs
      where locked_at < now() - make_interval(mins => ${abandonedMinutes})))`;
}
