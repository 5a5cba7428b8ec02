"use client";

import { unstable_rethrow } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { useText } from "#text";
import type { Outcome } from "@/components/ui/use-submission";

/** How long a question stands before it is asked: as long as somebody types, it changes. */
const settleMs = 350;

/**
 * What the server answers to a question that changes as a form does: null while the answer to the latest one is out, or
 * when there is nothing to ask. A fault is an answer that is not ok.
 */
export function useAnswer<Question, Answer extends object>(
  question: Question | null,
  ask: (question: Question) => Promise<Outcome<Answer>>,
): Outcome<Answer> | null {
  const text = useText();
  const key = question === null ? null : JSON.stringify(question);
  const [answered, setAnswered] = useState<{ key: string; answer: Outcome<Answer> } | null>(null);
  const attempt = useEffectEvent(async (): Promise<Outcome<Answer> | null> => {
    if (question === null) return null;
    try {
      return await ask(question);
    } catch (fault) {
      unstable_rethrow(fault);
      return { ok: false, message: text("The server did not answer."), issues: [], correlationId: "" };
    }
  });
  useEffect(() => {
    if (key === null) return;
    let isLatest = true;
    const timer = window.setTimeout(async () => {
      const answer = await attempt();
      if (isLatest && answer !== null) setAnswered({ key, answer });
    }, settleMs);
    return () => {
      isLatest = false;
      window.clearTimeout(timer);
    };
  }, [key]);
  return answered !== null && answered.key === key ? answered.answer : null;
}
