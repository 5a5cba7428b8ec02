"use client";

import { type FormEvent, useRef, useState } from "react";
import { useText } from "#text";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { dayMs, utcDay } from "@/components/ui/dates";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { focusFirstError, issueAt, type Outcome, useSubmission } from "@/components/ui/use-submission";
import type { Text } from "@/lib/text/text";
import type { ShortenRow, ShortenTokensInput } from "@/lib/tokens/schema";
import { useAnswer } from "./use-answer";

/** The server action that brings forward the expiry of tokens. */
export type ShortenTokens = (input: ShortenTokensInput) => Promise<Outcome<{ results: readonly ShortenRow[] }>>;

interface ShortenFormProps {
  ids: readonly string[];
  shorten: ShortenTokens;
  onShortened: (count: number) => void;
  onCancel: () => void;
}

interface ShortenDialogProps extends Omit<ShortenFormProps, "onCancel"> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus?: () => HTMLElement | null | false;
}

/** Gives tokens a last day, so that whoever uses them has time to replace them. */
export function ShortenDialog({ open, onOpenChange, finalFocus, ...form }: ShortenDialogProps) {
  const text = useText();
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("Shorten {count, plural, one {# token} other {# tokens}}?", { count: form.ids.length })}
      description={text(
        "They work until the end of the day you choose, and not beyond. A life can be shortened but never made longer.",
      )}
      {...(finalFocus && { finalFocus })}
    >
      {/* Mounted only while open, so every opening starts anew. */}
      <ShortenForm {...form} onCancel={() => onOpenChange(false)} />
    </AlertDialog>
  );
}

const usualDays = 14;

function ShortenForm({ ids, shorten, onShortened, onCancel }: ShortenFormProps) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [openedAt] = useState(Date.now);
  const [day, setDay] = useState(() => new Date(openedAt + usualDays * dayMs).toISOString().slice(0, 10));
  const { pending, failure, submit, clear } = useSubmission({
    send: shorten,
    onDone: ({ results }) => onShortened(results.filter(({ outcome }) => outcome === "shortened").length),
    onFailed: () => focusFirstError(form.current),
    lost: text(
      "The server did not answer, so either all of these tokens are shortened or none is. Look at them before you try again.",
    ),
  });
  const time = Date.parse(`${day}T23:59:59Z`);
  const input = Number.isNaN(time) ? null : { ids: [...ids], expiresAt: new Date(time).toISOString() };
  const rehearsal = useAnswer(input && { ...input, dryRun: true }, shorten);
  const hit = rehearsal?.ok ? rehearsal.results.filter(({ outcome }) => outcome === "shortened").length : null;
  const refusal = rehearsal !== null && !rehearsal.ok ? rehearsal : null;

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (input !== null) submit(input);
  }

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-4">
          <FailureBanner title={text("Not shortened")} failure={failure} fields={["expiresAt"]} />
          <Field
            label={text("Last day")}
            error={issueAt([...(failure?.issues ?? []), ...(refusal?.issues ?? [])], "expiresAt")}
            hint={text("In UTC.")}
          >
            <Input
              type="date"
              name="last-day"
              value={day}
              min={new Date(openedAt).toISOString().slice(0, 10)}
              onValueChange={(next) => {
                setDay(next);
                clear();
              }}
              className="max-w-48"
            />
          </Field>
          <p role="status">
            {input === null
              ? text("Choose a day.")
              : hit === null
                ? refusal === null
                  ? text("Finding out what this would change…")
                  : text("What this would change could not be found out.")
                : sentence(hit, ids.length - hit, time, text)}
          </p>
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The tokens are being shortened") : undefined}>
          {text("Cancel")}
        </Button>
        <Button
          type="submit"
          variant="primary"
          pending={pending}
          pendingLabel={text("Shortening…")}
          disabledReason={
            input === null ? text("Choose a day") : hit === 0 ? text("All of them end earlier already") : undefined
          }
        >
          {text("Shorten {count, plural, one {# token} other {# tokens}}", { count: hit ?? ids.length })}
        </Button>
      </OverlayFooter>
    </form>
  );
}

function sentence(hit: number, rest: number, time: number, text: Text): string {
  if (hit === 0) return text("Nothing would change: all of them end earlier already.");
  const day = utcDay(time, text);
  return rest === 0
    ? text("{hit, plural, one {# token} other {# tokens}} would stop working on {day}.", { hit, day })
    : text(
        "{hit, plural, one {# token} other {# tokens}} would stop working on {day}; {rest, plural, one {# ends earlier already and stays as it is} other {# end earlier already and stay as they are}}.",
        { hit, day, rest },
      );
}
