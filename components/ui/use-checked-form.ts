"use client";

import { type FormEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { z } from "zod";
import type { FieldIssue } from "@/lib/errors";
import { focusFirstError, type Outcome, useSubmission } from "./use-submission";

interface Options<Schema extends z.ZodType, Done extends object> {
  schema: Schema;
  /** What the fields hold now, as the schema takes it. */
  values: unknown;
  /** What is wrong beyond the schema. */
  furtherIssues?: readonly FieldIssue[];
  send: (input: z.output<Schema>) => Promise<Outcome<Done>>;
  onDone: (done: Done) => void;
  /** What is said when the server did not answer: what may have happened, and how to find out. */
  lost: string;
}

/**
 * A form that a schema checks: what is wrong shows once it was submitted, beside what the server found, and focus moves
 * to the first of it. What the server found goes with the next edit.
 */
export function useCheckedForm<Schema extends z.ZodType, Done extends object>(options: Options<Schema, Done>) {
  const { schema, values, furtherIssues = [], send, onDone, lost } = options;
  const form = useRef<HTMLFormElement>(null);
  const [submitted, setSubmitted] = useState(false);
  const onFailed = () => focusFirstError(form.current);
  const { pending, failure, submit, clear } = useSubmission({ send, onDone, onFailed, lost });

  const parsed = schema.safeParse(values);
  const found = parsed.error?.issues.map(({ path, message }) => ({ path: path.join("."), message })) ?? [];
  const own: FieldIssue[] = [...found, ...furtherIssues];
  const issues = [...(submitted ? own : []), ...(failure?.issues ?? [])];

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    flushSync(() => setSubmitted(true));
    if (parsed.success && own.length === 0) submit(parsed.data);
    else focusFirstError(form.current);
  }

  /** A field's setter, for its edits. */
  function edited<Value>(set: (value: Value) => void) {
    return (value: Value) => {
      set(value);
      clear();
    };
  }

  return { form, pending, failure, issues, onSubmit, edited };
}
