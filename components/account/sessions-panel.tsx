"use client";

import { clsx } from "clsx";
import { LogOut } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { PageNav } from "@/components/ui/page-nav";
import type { Outcome } from "@/components/ui/use-submission";
import type { SessionView } from "@/lib/sessions/schema";
import { sessionParams } from "./session-params";
import { SessionTable } from "./session-table";
import { sessionName } from "./session-wording";

interface SessionsPanelProps {
  sessions: readonly SessionView[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** The server's time of rendering, RFC 3339. */
  now: string;
  revoke: (sessionId: string) => Promise<Outcome<object>>;
  revokeOthers: () => Promise<Outcome<{ revoked: number }>>;
}

/** Profile → Sessions: where the user is signed in. */
export function SessionsPanel(props: SessionsPanelProps) {
  const text = useText();
  const { sessions, nextCursor, previousCursor, now, revoke, revokeOthers } = props;
  const [loading, startTransition] = useTransition();
  const [, setParams] = useQueryStates(sessionParams, { shallow: false, history: "push", startTransition });
  const [endingOthers, setEndingOthers] = useState(false);
  // The session stays while the dialog fades out, so that its text does not change under the reader.
  const [ending, setEnding] = useState<{ open: boolean; session: SessionView } | null>(null);
  const closeEnding = () => setEnding((before) => before && { ...before, open: false });
  const hasOthers = sessions.some(({ current }) => !current) || nextCursor !== null || previousCursor !== null;
  const lost = text("The server did not answer, so it may still be signed in. Look at the list, then try again.");

  return (
    <section aria-label={text("Sessions")} aria-busy={loading} className="@container">
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-lg font-semibold tracking-tight">{text("Sessions")}</h2>
          <p className="mt-0.5 max-w-2xl text-muted">
            {text(
              "Where you are signed in. If you don't recognize one, sign it out and change your password, which also ends your personal tokens.",
            )}
          </p>
        </div>
        <Button
          className="max-sm:w-full"
          onClick={() => setEndingOthers(true)}
          disabledReason={hasOthers ? undefined : text("You are signed in nowhere else")}
        >
          <LogOut aria-hidden="true" />
          {text("Sign out everywhere else")}
        </Button>
      </div>
      <div
        className={clsx(
          "overflow-hidden rounded-xl border bg-surface transition-opacity duration-150",
          loading && "opacity-55",
        )}
      >
        <SessionTable sessions={sessions} now={now} onRevoke={(session) => setEnding({ open: true, session })} />
      </div>
      <PageNav
        label={text("Pages of sessions")}
        previousCursor={previousCursor}
        nextCursor={nextCursor}
        onCursorChange={(cursor) => void setParams({ cursor })}
      />
      <ConfirmDialog
        open={endingOthers}
        onOpenChange={setEndingOthers}
        title={text("Sign out everywhere else?")}
        description={text(
          "Every other browser is signed out with its next request. This one stays, and so do your personal tokens.",
        )}
        confirmLabel={text("Sign out everywhere else")}
        pendingLabel={text("Signing out…")}
        failureTitle={text("Not signed out")}
        lost={lost}
        confirm={revokeOthers}
        onDone={({ revoked }) => {
          setEndingOthers(false);
          toast.success(
            text("Signed out {count, plural, one {# other session} other {# other sessions}}", { count: revoked }),
          );
        }}
      />
      {ending !== null && (
        <ConfirmDialog
          open={ending.open}
          onOpenChange={closeEnding}
          title={text("Sign out {session}?", { session: sessionName(ending.session, text) })}
          description={text("It is signed out with its next request. Whoever knows the password can sign in again.")}
          confirmLabel={text("Sign out")}
          pendingLabel={text("Signing out…")}
          failureTitle={text("Not signed out")}
          lost={lost}
          confirm={() => revoke(ending.session.id)}
          onDone={() => {
            closeEnding();
            toast.success(text("Signed out {session}", { session: sessionName(ending.session, text) }));
          }}
        />
      )}
    </section>
  );
}
