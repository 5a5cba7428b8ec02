import { z } from "zod";

// A backup is a gzipped tar: the cluster under postgres/, the other files of DATA_DIR, and backup.json at its very end,
// without which it is not whole.

export const clusterPrefix = "postgres/";
export const summaryName = "backup.json";

export const summarySchema = z.object({
  product: z.literal("praxis-identity"),
  format: z.literal(1),
  /** PostgreSQL's version. */
  postgres: z.string(),
  /** What was acknowledged before this moment is in the backup. */
  holdsUntil: z.iso.datetime(),
});

export type BackupSummary = z.output<typeof summarySchema>;

/** A file of DATA_DIR that belongs to the running instance alone. */
export function isTransient(name: string): boolean {
  return name.startsWith("instance.lock") || name.endsWith(".log") || /\.\d+$/.test(name);
}
