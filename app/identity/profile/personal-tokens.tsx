import { createLoader } from "nuqs/server";
import { personalTokenParams } from "@/components/account/personal-token-params";
import { PersonalTokensPanel } from "@/components/account/personal-tokens-panel";
import type { SessionPrincipal } from "@/lib/access/principal";
import { hasPersonalTokens, listPersonalTokens } from "@/lib/account/personal-tokens";
import { Problem } from "@/lib/errors";
import { serviceUrl } from "@/lib/gates/service-url";
import { requestText } from "@/lib/text/server";
import { tokenStatuses } from "@/lib/tokens/vocabulary";
import { section } from "../settings/section";
import { createPersonalTokenAction, revokePersonalTokenAction } from "./actions";

interface PersonalTokensProps {
  session: SessionPrincipal;
  searchParams: Record<string, string | string[] | undefined>;
}

const pageSize = 25;
const listState = createLoader(personalTokenParams);
type ListState = Awaited<ReturnType<typeof listState>>;

/** The tab: one page of the user's own tokens. */
export async function PersonalTokens({ session, searchParams }: PersonalTokensProps) {
  const text = await requestText();
  return section({
    path: "/identity/profile",
    failure: {
      title: text("Your personal tokens could not be loaded"),
      text: text("The server failed to answer. The tokens themselves are not affected. Try again in a moment."),
    },
    load: () => Promise.all([pageOf(session, listState(searchParams)), hasPersonalTokens(session)]),
    show: ([page, anyTokens]) => (
      <PersonalTokensPanel
        tokens={page.items}
        nextCursor={page.nextCursor}
        previousCursor={page.previousCursor}
        anyTokens={anyTokens}
        now={new Date().toISOString()}
        origin={serviceUrl()}
        create={createPersonalTokenAction}
        revoke={revokePersonalTokenAction}
      />
    ),
  });
}

/** One page of the list. A cursor that is stale or was tampered with leads to the first page, not to an error. */
async function pageOf(session: SessionPrincipal, { status, cursor }: ListState) {
  const query = { limit: pageSize, ...(status === "all" && { status: [...tokenStatuses] }) };
  if (cursor === null) return listPersonalTokens(session, query);
  try {
    return await listPersonalTokens(session, { ...query, cursor });
  } catch (error) {
    if (error instanceof Problem && error.details.code === "invalid_request") return listPersonalTokens(session, query);
    throw error;
  }
}
