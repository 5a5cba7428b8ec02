import { routes } from "@/lib/gates/route";
import { sessionRequired } from "@/lib/gates/session-required";
import { callerOperation, listOf } from "@/lib/operation";
import { listSessions } from "@/lib/sessions/own";
import { sessionListQuerySchema, sessionSchema } from "@/lib/sessions/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: callerOperation({
    summary: "List one's own sessions",
    description: "Where one is signed in, newest first: those that work, the one that asks among them.",
    principals: ["session"],
    query: sessionListQuerySchema,
    responses: { 200: { description: "A page of sessions", schema: listOf(sessionSchema) } },
    refuse: sessionRequired,
    async handle({ principal, query }) {
      const { items, nextCursor } = await listSessions(principal, query);
      return { status: 200, body: { items, nextCursor } };
    },
  }),
});
