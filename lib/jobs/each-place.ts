import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { log } from "@/lib/log";
import type { NoticePlace } from "@/lib/notices/schema";

const timeoutMilliseconds = 60_000;

/**
 * Does something for each place, in a transaction of its own: what fails in one tenant is logged, does not keep the
 * others from it, and fails the job in the end, so that it runs again.
 */
export async function eachPlace<Place extends NoticePlace>(
  places: readonly Place[],
  act: (transaction: Prisma.TransactionClient, place: Place) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const place of places) {
    try {
      await db.$transaction((transaction) => act(transaction, place), { timeout: timeoutMilliseconds });
    } catch (error) {
      log.error({ err: error, place }, "a job failed in one place");
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new Error(`It failed in ${failures.length} of ${places.length} places`);
}
