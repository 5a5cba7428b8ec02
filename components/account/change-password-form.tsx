"use client";

import { type FormEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { focusFirstError, issueAt, type Outcome, useSubmission } from "@/components/ui/use-submission";
import { type ChangePasswordInput, changePasswordSchema } from "@/lib/account/schema";
import type { FieldIssue } from "@/lib/errors";
import { minPasswordLength } from "@/lib/members/schema";

export interface ChangePasswordFormProps {
  /** Tells password managers whose password it is. */
  email: string;
  changePassword: (input: ChangePasswordInput) => Promise<Outcome<object>>;
}

const fields = ["currentPassword", "newPassword"];

export function ChangePasswordForm({ email, changePassword }: ChangePasswordFormProps) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const done = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [submitted, setSubmitted] = useState(false);
  const [changed, setChanged] = useState(false);
  const { pending, failure, submit, clear } = useSubmission({
    send: changePassword,
    onDone: () => {
      flushSync(() => {
        setCurrent("");
        setNext("");
        setSubmitted(false);
        setChanged(true);
      });
      done.current?.querySelector<HTMLElement>("[role=alert]")?.focus();
    },
    onFailed: () => focusFirstError(form.current),
    lost: text(
      "The server did not answer, so the password may or may not have changed. Sign in with one, then the other.",
    ),
  });

  const parsed = changePasswordSchema.safeParse({ currentPassword: current, newPassword: next });
  const own: FieldIssue[] = parsed.error?.issues.map(({ path, message }) => ({ path: path.join("."), message })) ?? [];
  const issues = [...(submitted ? own : []), ...(failure?.issues ?? [])];

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    flushSync(() => {
      setSubmitted(true);
      setChanged(false);
    });
    if (parsed.success) submit(parsed.data);
    else focusFirstError(form.current);
  }

  function edited(set: (value: string) => void) {
    return (value: string) => {
      set(value);
      clear();
    };
  }

  return (
    // `method="post"`: a submit before hydration must not put the passwords in the URL.
    <form
      ref={form}
      method="post"
      noValidate
      onSubmit={onSubmit}
      aria-label={text("Change password")}
      className="mt-4 grid gap-4 rounded-xl border bg-surface p-5 max-sm:p-4"
    >
      <div ref={done} className="contents">
        {changed && (
          <Banner tone="success" title={text("Your password is changed")} announce>
            {text("This browser stays signed in; every other one is signed out, and your personal tokens are revoked.")}
          </Banner>
        )}
      </div>
      <FailureBanner title={text("The password was not changed")} failure={failure} fields={fields} />
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label={text("Current password")} error={issueAt(issues, "currentPassword")}>
        <PasswordInput
          name="current-password"
          autoComplete="current-password"
          revealLabel={text("Show current password")}
          value={current}
          onValueChange={edited(setCurrent)}
        />
      </Field>
      <Field
        label={text("New password")}
        error={issueAt(issues, "newPassword")}
        hint={text("At least {count, number} characters; a few words that do not belong together are easy to keep.", {
          count: minPasswordLength,
        })}
      >
        <PasswordInput
          name="new-password"
          autoComplete="new-password"
          revealLabel={text("Show new password")}
          value={next}
          onValueChange={edited(setNext)}
        />
      </Field>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Changing…")}>
          {text("Change password")}
        </Button>
      </div>
    </form>
  );
}
