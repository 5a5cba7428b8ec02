import { env } from "@/lib/env";
import { routes } from "@/lib/gates/route";
import { acceptLeakReport } from "@/lib/leaks/report";
import { leakReportSchema, leakVerdictsSchema } from "@/lib/leaks/schema";
import { signedOperation } from "@/lib/operation";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: signedOperation({
    summary: "Report leaked secrets",
    description:
      "In the format of GitHub's secret scanning partner programme. Each token of ours is revoked at once, as " +
      "`compromised`, and its tenant's audit log says where it was found. The same report is not accepted twice. " +
      "Answers 404 where the deployment has no `LEAK_REPORT_KEYS`.",
    keys: () => env.LEAK_REPORT_KEYS ?? null,
    body: leakReportSchema,
    responses: { 200: { description: "A verdict for each finding, in its order", schema: leakVerdictsSchema } },
    errors: ["not_found", "conflict"],
    async handle({ signature, body, origin }) {
      return { status: 200, body: await acceptLeakReport(signature, body, origin) };
    },
  }),
});
