"use client";

import { clsx } from "clsx";
import { CircleCheck, Radio } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { useText } from "#text";
import { utcTime } from "@/components/ui/dates";
import type { Outcome } from "@/components/ui/use-submission";
import type { Text } from "@/lib/text/text";

/** When a token was first used (RFC 3339), and where its latest call came from. */
export interface TokenFirstUse {
  at: string;
  latestAddress: string | null;
}

export type CheckFirstUse = (tokenId: string) => Promise<Outcome<{ firstUse: TokenFirstUse | null }>>;

const intervalMilliseconds = 2000;
const givenUpAfterMilliseconds = 15 * 60 * 1000;

/** Waits, while the page is in view, for the first call with a new token, and says when it came. */
export function FirstUse({ tokenId, check }: { tokenId: string; check: CheckFirstUse }) {
  const text = useText();
  const state = useFirstUse(tokenId, check);
  const used = typeof state === "object";
  const Icon = used ? CircleCheck : Radio;
  return (
    <div
      role="status"
      className={clsx(
        "flex items-start gap-2.5 rounded-lg border px-3 py-2.5 transition-colors",
        used ? "border-success-line bg-success-soft" : "bg-subtle",
      )}
    >
      <Icon
        aria-hidden="true"
        className={clsx(
          "mt-0.5 size-4 shrink-0",
          used ? "text-success-text" : "text-muted",
          state === "waiting" && "motion-safe:animate-pulse",
        )}
      />
      <div className="min-w-0">
        <p className="font-medium">
          {used ? text("In use") : state === "waiting" ? text("Waiting for first use…") : text("Not used yet")}
        </p>
        <p className="text-muted">
          {used
            ? firstCall(state, text)
            : state === "waiting"
              ? text("The first call with this secret shows here.")
              : text("No call came in 15 minutes. The list of tokens shows the first one.")}
        </p>
      </div>
    </div>
  );
}

function firstCall({ at, latestAddress }: TokenFirstUse, text: Text): ReactNode {
  const time = <time dateTime={at}>{utcTime(Date.parse(at))}</time>;
  if (latestAddress === null) return text.rich("First call at {time}.", { time });
  return text.rich("First call at {time}, latest from {address}.", { time, address: latestAddress });
}

function useFirstUse(tokenId: string, check: CheckFirstUse): "waiting" | "givenUp" | TokenFirstUse {
  const [state, setState] = useState<"waiting" | "givenUp" | TokenFirstUse>("waiting");
  const ask = useEffectEvent(() => check(tokenId).catch(() => null));
  useEffect(() => {
    const giveUpAt = Date.now() + givenUpAfterMilliseconds;
    let timer: number | undefined;
    let asking = false;
    let ended = false;
    function plan() {
      window.clearTimeout(timer);
      if (!ended && !asking && !document.hidden) timer = window.setTimeout(look, intervalMilliseconds);
    }
    async function look() {
      if (Date.now() > giveUpAt) return end("givenUp");
      asking = true;
      const outcome = await ask();
      asking = false;
      if (ended) return;
      if (outcome?.ok && outcome.firstUse) end(outcome.firstUse);
      else plan();
    }
    function end(last: "givenUp" | TokenFirstUse) {
      ended = true;
      setState(last);
    }
    plan();
    document.addEventListener("visibilitychange", plan);
    return () => {
      ended = true;
      window.clearTimeout(timer);
      document.removeEventListener("visibilitychange", plan);
    };
  }, []);
  return state;
}
