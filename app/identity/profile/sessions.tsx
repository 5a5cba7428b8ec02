import { createLoader } from "nuqs/server";
import { sessionParams } from "@/components/account/session-params";
import { SessionsPanel } from "@/components/account/sessions-panel";
import type { SessionPrincipal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { listSessions } from "@/lib/sessions/own";
import { requestText } from "@/lib/text/server";
import { section } from "../settings/section";
import { revokeOtherSessionsAction, revokeSessionAction } from "./session-actions";

interface SessionsProps {
  session: SessionPrincipal;
  searchParams: Record<string, string | string[] | undefined>;
}

const pageSize = 25;
const listState = createLoader(sessionParams);

/** The tab: one page of where the user is signed in. */
export async function Sessions({ session, searchParams }: SessionsProps) {
  const text = await requestText();
  return section({
    path: "/identity/profile",
    failure: {
      title: text("Your sessions could not be loaded"),
      text: text("The server failed to answer. The sessions themselves are not affected. Try again in a moment."),
    },
    load: () => pageOf(session, listState(searchParams).cursor),
    show: (page) => (
      <SessionsPanel
        sessions={page.items}
        nextCursor={page.nextCursor}
        previousCursor={page.previousCursor}
        now={new Date().toISOString()}
        revoke={revokeSessionAction}
        revokeOthers={revokeOtherSessionsAction}
      />
    ),
  });
}

/** One page of the list. A cursor that is stale or was tampered with leads to the first page, not to an error. */
async function pageOf(session: SessionPrincipal, cursor: string | null) {
  const query = { limit: pageSize };
  if (cursor === null) return listSessions(session, query);
  try {
    return await listSessions(session, { ...query, cursor });
  } catch (error) {
    if (error instanceof Problem && error.details.code === "invalid_request") return listSessions(session, query);
    throw error;
  }
}
