"use client";

import { unstable_rethrow } from "next/navigation";
import { useEffect, useState } from "react";
import { message } from "@/lib/text/message";
import type { FindTokens, PaletteToken } from "./command-palette-content";

export type TokenSearch =
  | { state: "none" }
  | { state: "searching" }
  | { state: "found"; tokens: readonly PaletteToken[] }
  /** `correlationId` is null when the server did not answer. */
  | { state: "failed"; message: string; correlationId: string | null };

const none = { state: "none" } as const;
const debounceMs = 200;
const shortest = 2;

/**
 * Looks for tokens by name or hint while the user types. A whole secret that is pasted never leaves the browser: what is
 * sent in its place is the hint that it has.
 */
export function useTokenSearch(find: FindTokens | null, query: string): TokenSearch & { retry: () => void } {
  const text = withoutSecret(query.trim()).slice(0, 80);
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ text: string; attempt: number; search: TokenSearch } | null>(null);
  const isAsked = find !== null && text.length >= shortest;

  useEffect(() => {
    if (find === null || !isAsked) return;
    let isCurrent = true;
    const timer = window.setTimeout(async () => {
      const search = await searchFor(find, text);
      if (isCurrent) setAnswer({ text, attempt, search });
    }, debounceMs);
    return () => {
      isCurrent = false;
      window.clearTimeout(timer);
    };
  }, [find, isAsked, text, attempt]);

  const retry = () => setAttempt((count) => count + 1);
  if (!isAsked) return { ...none, retry };
  const isAnswered = answer?.text === text && answer.attempt === attempt;
  return { ...(isAnswered ? answer.search : { state: "searching" }), retry };
}

async function searchFor(find: FindTokens, text: string): Promise<TokenSearch> {
  try {
    const outcome = await find(text);
    return outcome.ok ? { state: "found", tokens: outcome.tokens } : { ...outcome, state: "failed" };
  } catch (fault) {
    unstable_rethrow(fault);
    return { state: "failed", message: message("The server did not answer."), correlationId: null };
  }
}

function withoutSecret(text: string): string {
  return text.replaceAll(/(px[tp]_)[0-9A-Za-z]{4,}([0-9A-Za-z]{4})/g, "$1…$2");
}
