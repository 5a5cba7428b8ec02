import { z } from "zod";

/** A pipeline on the wire: what moves telemetry from a source to a destination. */

const signals = ["metrics", "logs", "traces"] as const;
const line = (maximum: number) =>
  z
    .string()
    .trim()
    .min(1, "Must not be empty")
    .max(maximum, `Use at most ${maximum} characters`)
    .regex(/^[^\p{Cc}]*$/u, "Use no control characters");

/** What `POST` and `PUT` take. */
export const pipelineInputSchema = z.strictObject({
  name: line(80),
  description: z.string().trim().max(500, "Use at most 500 characters").default(""),
  enabled: z.boolean().default(true),
  signal: z.enum(signals),
  source: line(200),
  destination: line(200),
  configuration: z.record(z.string(), z.json()).default({}),
});
export type PipelineInput = z.infer<typeof pipelineInputSchema>;

export const pipelineSchema = pipelineInputSchema.extend({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** The query of `GET /v1/pipelines`. */
export const pipelineListQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1024).optional(),
});
