import { z } from "zod";

/** The most findings that one report may hold. */
export const maxFindings = 1000;

/** One secret that was found in public, as GitHub's secret scanning partner programme reports it. */
const findingSchema = z.object({
  token: z.string().describe("What matched our pattern"),
  type: z.string().describe("The name of the pattern that matched"),
  url: z.string().nullish().describe("Where it was found; may be empty"),
  source: z.string().nullish().describe("What kind of place that is, such as content, commit or issue_comment"),
});
export type Finding = z.infer<typeof findingSchema>;

/** The body of `POST /identity/leaks`. Fields that are not named here are ignored: the format is GitHub's to extend. */
export const leakReportSchema = z
  .array(findingSchema)
  .min(1, "Report at least one finding")
  .max(maxFindings, `Report at most ${maxFindings} findings at once`);

/** What a report is answered: one verdict for each finding, in its order. */
export const leakVerdictsSchema = z.array(
  z.object({
    token_hash: z.string().describe("SHA-256 of the reported token, in hexadecimal"),
    token_type: z.string().describe("The type it was reported as"),
    label: z.enum(["true_positive", "false_positive"]).describe("Whether it is a token of ours, working or not"),
  }),
);
export type LeakVerdict = z.infer<typeof leakVerdictsSchema>[number];
