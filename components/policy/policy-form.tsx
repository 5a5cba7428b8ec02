"use client";

import { clsx } from "clsx";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { focusFirstError, issueAt, type Outcome, useSubmission } from "@/components/ui/use-submission";
import type { PolicyPreview as Preview, TokenPolicy, UpdatePolicyInput } from "@/lib/policy/schema";
import { changedFields, checkDraft, draftOf, type PolicyDraft } from "./policy-draft";
import { PolicyPreview } from "./policy-preview";
import { useAnswer } from "./use-answer";

export interface PolicyFormProps {
  policy: TokenPolicy;
  /** Why it cannot be changed by this user. */
  readOnlyReason: string | undefined;
  save: (change: UpdatePolicyInput) => Promise<Outcome<object>>;
  /** Null for those who may not see tokens. */
  preview: ((policy: TokenPolicy) => Promise<Outcome<{ preview: Preview }>>) | null;
}

/** The rules of a tenant's token policy, each explained; what a change would hit is told before it is saved. */
export function PolicyForm({ policy, readOnlyReason, save, preview }: PolicyFormProps) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => draftOf(policy));
  const [submitted, setSubmitted] = useState(false);
  const { pending, failure, submit, clear } = useSubmission({
    send: save,
    onDone: () => toast.success(text("Saved the policy")),
    onFailed: () => focusFirstError(form.current),
    lost: text("The server did not answer, so the policy may or may not have changed. Reload the page to see."),
  });
  const checked = checkDraft(draft, text);
  const change = checked.ok ? changedFields(policy, checked.policy) : null;
  const isDirty = change === null || Object.keys(change).length > 0;
  const question = preview !== null && checked.ok && isDirty ? checked.policy : null;
  const answer = useAnswer(question, preview ?? nobodyToAsk);
  const issues = [...(submitted && !checked.ok ? checked.issues : []), ...(failure?.issues ?? [])];
  const isReadOnly = readOnlyReason !== undefined;
  const errorAt = (field: keyof PolicyDraft) => issueAt(issues, field);

  function edit(next: Partial<PolicyDraft>) {
    setDraft({ ...draft, ...next });
    clear();
  }

  function discard() {
    setDraft(draftOf(policy));
    setSubmitted(false);
    clear();
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (isReadOnly || !isDirty) return;
    flushSync(() => setSubmitted(true));
    if (change === null) return focusFirstError(form.current);
    submit(change);
  }

  const number = (field: NumberField, label: string, unit: string, hint: string) => (
    <Field label={label} optional={field !== "defaultLifetimeDays"} error={errorAt(field)} hint={hint}>
      <span className="flex items-center gap-2">
        <Input
          name={field}
          inputMode="numeric"
          autoComplete="off"
          maxLength={7}
          value={draft[field]}
          onValueChange={(typed) => edit({ [field]: typed })}
          readOnly={isReadOnly}
          className="max-w-28"
        />
        <span aria-hidden="true" className="text-muted">
          {unit}
        </span>
      </span>
    </Field>
  );
  const choice = (field: ChoiceField, label: string, description: string, disabledReason?: string) => (
    <Checkbox
      label={label}
      description={description}
      checked={draft[field] && disabledReason === undefined}
      onCheckedChange={(on) => edit({ [field]: on })}
      // Why nothing here can be changed is said once, above the form.
      disabledReason={disabledReason ?? (isReadOnly ? description : undefined)}
    />
  );

  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit}
      aria-label={text("Token policy")}
      className="rounded-xl border bg-surface"
    >
      {readOnlyReason !== undefined && (
        <div className="p-5 pb-0 max-sm:p-4 max-sm:pb-0">
          <Banner>{readOnlyReason}</Banner>
        </div>
      )}
      <div className="divide-y divide-border">
        <Section
          title={text("Lifetime")}
          text={text("How long a new token may work. Tokens that exist keep the expiry they have.")}
        >
          {number(
            "maxLifetimeDays",
            text("Maximum lifetime"),
            text("days"),
            draft.maxLifetimeDays.trim() === ""
              ? text("Empty: a token may live as long as its creator wants.")
              : text("A later expiry is refused, and a rotated token's successor is shortened to it."),
          )}
          {number(
            "defaultLifetimeDays",
            text("Default lifetime"),
            text("days"),
            text("For tokens whose creator does not choose."),
          )}
          {choice(
            "neverExpiresAllowed",
            text("Allow tokens that never expire"),
            text("A leaked secret of such a token works until somebody notices."),
            draft.maxLifetimeDays.trim() === "" ? undefined : text("A maximum lifetime rules them out."),
          )}
        </Section>
        <Section
          title={text("Idle tokens")}
          text={text(
            "A token nobody uses is not missed, and its secret is still out there. A job looks for idle tokens every hour and revokes them, on record as “Idle revocation”.",
          )}
        >
          {number(
            "idleRevocationDays",
            text("Revoke when unused for"),
            text("days"),
            draft.idleRevocationDays.trim() === ""
              ? text("Empty: unused tokens are left alone.")
              : text("Counted from the last use, or from the creation of a token that was never used."),
          )}
        </Section>
        <Section
          title={text("Addresses")}
          text={text("Where new tokens may be used from. Tokens that exist keep their own addresses.")}
        >
          <Field
            label={text("Required addresses")}
            optional
            error={errorAt("requiredCidrs")}
            hint={text(
              "IPv4 or IPv6 addresses or CIDR ranges, one a line. Each new token is limited to addresses within these; empty: it need not be limited.",
            )}
          >
            <Textarea
              name="requiredCidrs"
              rows={2}
              className="font-mono"
              placeholder="203.0.113.0/24"
              spellCheck={false}
              value={draft.requiredCidrs}
              onValueChange={(requiredCidrs) => edit({ requiredCidrs })}
              readOnly={isReadOnly}
            />
          </Field>
        </Section>
        <Section title={text("Permissions")} text={text("What new tokens may be allowed to do.")}>
          {choice(
            "fullAccessAllowed",
            text("Allow Full access"),
            text("A token that holds every scope, however it was asked for. Without it, creators have to choose."),
          )}
          {choice(
            "tokensMayCreateTokens",
            text("Let tokens create tokens"),
            text(
              "An API token with token:write may issue others, which hold no more than itself. Needed by automation that hands out tokens; otherwise keep it off.",
            ),
          )}
        </Section>
        <Section title={text("Quota")} text={text("Keeps a script that runs wild from issuing tokens without end.")}>
          {number(
            "maxWorkingTokens",
            text("Working tokens at most"),
            text("tokens"),
            text("Empty: any number. A rotated token and its successor count as one."),
          )}
        </Section>
      </div>
      {!isReadOnly && (
        <div
          className={clsx(
            "grid gap-3 rounded-b-xl border-t bg-surface px-5 py-3.5 max-sm:px-4",
            // In reach while there is something to save; on a phone it would cover too much.
            isDirty && "sm:sticky sm:bottom-0",
          )}
        >
          <FailureBanner title={text("The policy was not saved")} failure={failure} fields={fields} />
          {question !== null && <PolicyPreview answer={answer} idleRevocationDays={question.idleRevocationDays} />}
          <div className="flex flex-wrap items-center justify-end gap-2">
            <p className="min-w-0 flex-1 text-xs text-muted">{isDirty ? text("Not saved yet") : text("No changes")}</p>
            {isDirty && (
              <Button onClick={discard} disabledReason={pending ? text("The policy is being saved") : undefined}>
                {text("Discard")}
              </Button>
            )}
            <Button
              type="submit"
              variant="primary"
              pending={pending}
              pendingLabel={text("Saving…")}
              disabledReason={isDirty ? undefined : text("Nothing has been changed")}
            >
              {text("Save policy")}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}

type NumberField = "maxLifetimeDays" | "defaultLifetimeDays" | "idleRevocationDays" | "maxWorkingTokens";
type ChoiceField = "neverExpiresAllowed" | "fullAccessAllowed" | "tokensMayCreateTokens";

const fields = ["maxLifetimeDays", "defaultLifetimeDays", "idleRevocationDays", "maxWorkingTokens", "requiredCidrs"];

/** Never called: without anybody to ask there is no question. */
async function nobodyToAsk(): Promise<Outcome<{ preview: Preview }>> {
  return { ok: true, preview: { violating: 0, idle: 0 } };
}

function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="grid gap-4 p-5 max-sm:p-4">
      <div>
        <h3 className="font-medium">{title}</h3>
        <p className="mt-0.5 text-muted">{text}</p>
      </div>
      {children}
    </section>
  );
}
