import { routes } from "@/lib/gates/route";
import { sessionRequired } from "@/lib/gates/session-required";
import { callerOperation } from "@/lib/operation";
import { revokeSession } from "@/lib/sessions/own";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  DELETE: callerOperation({
    summary: "End a session of one's own",
    description: "At once: the next request of that browser is signed out. It may be the session that asks.",
    principals: ["session"],
    responses: { 204: { description: "It has ended" } },
    errors: ["not_found"],
    refuse: sessionRequired,
    async handle({ principal, origin, id }) {
      await revokeSession(principal, origin, id);
      return { status: 204 };
    },
  }),
});
