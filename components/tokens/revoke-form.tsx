"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import type { FieldIssue } from "@/lib/errors";
import { type RevokedReason, type RevokeOutcome, revokedReasons, type TokenView } from "@/lib/tokens/schema";

export interface RevokeInput {
  ids: string[];
  reason: RevokedReason;
  note?: string;
}

export type RevokeResult =
  | { ok: true; results: readonly { id: string; outcome: RevokeOutcome }[] }
  | { ok: false; message: string; issues: readonly FieldIssue[]; correlationId: string };

export interface RevokeFormProps {
  tokens: readonly TokenView[];
  revoke: (input: RevokeInput) => Promise<RevokeResult>;
  onRevoked: (results: readonly { id: string; outcome: RevokeOutcome }[]) => void;
  onCancel: () => void;
}

interface Failure {
  message: string;
  issues: readonly FieldIssue[];
  correlationId: string | null;
}

export function RevokeForm({ tokens, revoke, onRevoked, onCancel }: RevokeFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState<RevokedReason | null>(null);
  const [note, setNote] = useState("");
  const [submitted, setSubmitted] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();

  const reasonError = submitted && reason === null ? "Choose a reason" : issueAt("reason");
  const noteError =
    submitted && reason === "other" && note.trim() === ""
      ? "Say why, so that others can understand it"
      : issueAt("note");
  const unplaced = failure?.issues.filter(({ path }) => path !== "reason" && path !== "note") ?? [];

  function issueAt(path: string): string | undefined {
    return failure?.issues.find((issue) => issue.path === path)?.message;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    flushSync(() => {
      setSubmitted(true);
      setFailure(null);
    });
    const text = note.trim();
    if (reason === null || (reason === "other" && text === "")) return focusFirstError(form.current);
    startTransition(async () => {
      const result = await attempt({ ids: tokens.map(({ id }) => id), reason, ...(text !== "" && { note: text }) });
      if (result.ok) return onRevoked(result.results);
      flushSync(() => setFailure(result));
      focusFirstError(form.current);
    });
  }

  async function attempt(input: RevokeInput): Promise<RevokeResult | ({ ok: false } & Failure)> {
    try {
      return await revoke(input);
    } catch (fault) {
      unstable_rethrow(fault);
      return {
        ok: false,
        message:
          "The server did not answer, so the token may still work. Check its status in the list, then try again.",
        issues: [],
        correlationId: null,
      };
    }
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-4">
          {failure !== null && (failure.issues.length === 0 || unplaced.length > 0) && (
            <ProblemBanner
              title="Not revoked"
              message={[failure.message, ...unplaced.map((issue) => issue.message)].join(" ")}
              correlationId={failure.correlationId}
            />
          )}
          <RadioCards<RevokedReason>
            legend="Reason"
            dense
            options={revokedReasons.map((value) => ({ value, ...reasonTexts[value] }))}
            value={reason}
            onValueChange={setReason}
            error={reasonError}
          />
          <Field
            label="Note"
            optional={reason !== "other"}
            error={noteError}
            hint="Kept with the token and in the audit log."
          >
            <Textarea name="note" value={note} onValueChange={setNote} maxLength={500} />
          </Field>
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? "The token is being revoked" : undefined}>
          Cancel
        </Button>
        <Button type="submit" variant="danger" pending={pending} pendingLabel="Revoking…">
          {tokens.length === 1 ? "Revoke token" : "Revoke tokens"}
        </Button>
      </OverlayFooter>
    </form>
  );
}

const reasonTexts: Readonly<Record<RevokedReason, { label: string; description: string }>> = {
  compromised: { label: "Compromised", description: "The secret leaked, or may have." },
  rotated: { label: "Rotated", description: "Another token has taken its place." },
  unused: { label: "Unused", description: "Nothing calls with it any more." },
  offboarding: { label: "Offboarding", description: "A person or a system is leaving." },
  other: { label: "Other", description: "Say why in the note." },
};

function focusFirstError(form: HTMLFormElement | null) {
  form?.querySelector<HTMLElement>("[aria-invalid=true], [data-field-error]")?.focus();
}
