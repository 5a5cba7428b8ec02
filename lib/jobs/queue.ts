import type { Prisma } from "@/lib/db/generated/client";
import type { Notice, NoticePlace } from "@/lib/notices/schema";

/** The jobs there are, with what each needs to know. What a job is about is read when it runs. */
export type Job =
  | { task: "deliver-webhook"; payload: { deliveryId: string; traceId?: string } }
  | { task: "email-notices"; payload: NoticeDigest }
  | { task: "send-email"; payload: NoticeDigest & { userId: string } };

/** Notices of one type about one place, told in one message. */
export interface NoticeDigest {
  place: NoticePlace;
  /** The first of them. */
  notices: readonly Notice[];
  total: number;
}

interface JobOptions {
  /** Jobs of one queue run one after the other. */
  queue?: string;
  /** A job that waits under this key is replaced. */
  key?: string;
  /** Not before this time. */
  runAt?: Date;
  maxAttempts?: number;
}

/** Adds jobs that exist when, and only when, the transaction commits. */
export async function addJobs(
  transaction: Prisma.TransactionClient,
  jobs: readonly (Job & JobOptions)[],
): Promise<void> {
  if (jobs.length === 0) return;
  const specifications = jobs.map((job) => ({
    identifier: job.task,
    payload: job.payload,
    queue_name: job.queue ?? null,
    job_key: job.key ?? null,
    run_at: job.runAt ?? null,
    max_attempts: job.maxAttempts ?? null,
  }));
  await transaction.$executeRaw`
    select count(*) from graphile_worker.add_jobs(array(
      select specification from json_populate_recordset(null::graphile_worker.job_spec,
        ${JSON.stringify(specifications)}::json) specification))`;
}
