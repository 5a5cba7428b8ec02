import { routes } from "@/lib/gates/route";
import { sessionRequired } from "@/lib/gates/session-required";
import { callerOperation } from "@/lib/operation";
import { revokeOtherSessions } from "@/lib/sessions/own";
import { revokedSessionsSchema } from "@/lib/sessions/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: callerOperation({
    summary: "Sign out everywhere else",
    description: "Ends every session of one's own but the one that asks. Personal tokens go on working.",
    principals: ["session"],
    responses: { 200: { description: "How many were ended", schema: revokedSessionsSchema } },
    refuse: sessionRequired,
    async handle({ principal, origin }) {
      return { status: 200, body: await revokeOtherSessions(principal, origin) };
    },
  }),
});
