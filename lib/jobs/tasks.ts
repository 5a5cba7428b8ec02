import type { CronItem, JobHelpers, TaskList } from "graphile-worker";
import { z } from "zod";
import { keepAuditPartitions } from "@/lib/audit/retention";
import { env } from "@/lib/env";
import { sendEmail, sendEmails } from "@/lib/notices/email";
import { noticePlaceSchema, noticeSchema } from "@/lib/notices/schema";
import { deliver } from "@/lib/webhooks/deliver";
import { keepHouse } from "./keep-house";
import type { Job } from "./queue";
import { giveDueNotices } from "./tokens/notices";
import { revokeIdleTokens } from "./tokens/revoke-idle";

const deliverySchema = z.object({
  deliveryId: z.uuid(),
  traceId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});
const digestSchema = z.object({ place: noticePlaceSchema, notices: z.array(noticeSchema), total: z.number() });
const emailSchema = digestSchema.extend({ userId: z.uuid() });

type QueuedTasks = Record<Job["task"], (payload: unknown, helpers: JobHelpers) => Promise<void>>;
type ScheduledTasks = Record<
  "revoke-idle-tokens" | "give-due-notices" | "keep-house" | "keep-audit-partitions",
  () => Promise<void>
>;

/** What a worker does for each kind of job. */
export const tasks: TaskList & QueuedTasks & ScheduledTasks = {
  "deliver-webhook": (payload, { abortSignal }) => {
    const { deliveryId, traceId } = deliverySchema.parse(payload);
    return deliver(deliveryId, { traceId, signal: abortSignal });
  },
  "email-notices": (payload) => sendEmails(digestSchema.parse(payload)),
  "send-email": (payload, { job }) => sendEmail(emailSchema.parse(payload), `job-${job.id}`),
  "revoke-idle-tokens": () => revokeIdleTokens(new Date()),
  "give-due-notices": () => giveDueNotices(new Date()),
  "keep-house": () => keepHouse(new Date()),
  "keep-audit-partitions": () => keepAuditPartitions(new Date(), env.AUDIT_RETENTION_DAYS),
};

/** When each scheduled job is added, and what was missed while no instance ran is made up for at the next start. */
export const schedule: CronItem[] = [
  scheduled("revoke-idle-tokens", "7 * * * *", 60),
  scheduled("give-due-notices", "*/5 * * * *", 5),
  scheduled("keep-house", "*/15 * * * *", 15),
  scheduled("keep-audit-partitions", "37 * * * *", 60),
];

function scheduled(task: keyof ScheduledTasks, match: string, everyMinutes: number): CronItem {
  return {
    task,
    match,
    identifier: task,
    // One at a time on all instances, and one that still waits is not doubled.
    options: { backfillPeriod: everyMinutes * 60_000, queueName: task, jobKey: task, maxAttempts: 5 },
  };
}
