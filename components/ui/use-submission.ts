"use client";

import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import { flushSync } from "react-dom";
import type { FieldIssue } from "@/lib/errors";

/** Why something was not done, as a form shows it. */
export interface Failure {
  message: string;
  issues: readonly FieldIssue[];
  /** Null when the server did not answer. */
  correlationId: string | null;
}

/** What a server action answers. */
export type Outcome<T extends object> =
  | ({ ok: true } & T)
  | { ok: false; code?: string; message: string; issues: readonly FieldIssue[]; correlationId: string };

interface Options<Input, Done extends object> {
  send: (input: Input) => Promise<Outcome<Done>>;
  onDone: (done: Done) => void;
  /** Called once the failure is on the page, to move focus to it. */
  onFailed?: () => void;
  /** What is said when the server did not answer: what may have happened, and how to find out. */
  lost: string;
}

/** The life of a form's submission: pending, then done or a failure that stays until the form is edited. */
export function useSubmission<Input, Done extends object>({ send, onDone, onFailed, lost }: Options<Input, Done>) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();

  function submit(input: Input) {
    if (pending) return;
    setFailure(null);
    startTransition(async () => {
      const outcome = await attempt(input);
      if (outcome.ok) return onDone(outcome);
      flushSync(() => setFailure(outcome));
      onFailed?.();
    });
  }

  async function attempt(input: Input): Promise<Outcome<Done> | ({ ok: false } & Failure)> {
    try {
      return await send(input);
    } catch (fault) {
      unstable_rethrow(fault);
      return { ok: false, message: lost, issues: [], correlationId: null };
    }
  }

  return { pending, failure, submit, clear: () => setFailure(null) };
}

/** The first message for a field, among what the form found itself and what the server did. */
export function issueAt(issues: readonly FieldIssue[], path: string): string | undefined {
  return issues.find((issue) => issue.path === path)?.message;
}

/** Moves focus to the first thing at fault in a form. */
export function focusFirstError(form: HTMLFormElement | null) {
  form?.querySelector<HTMLElement>("[aria-invalid=true], [data-field-error], [role=alert]")?.focus();
}
