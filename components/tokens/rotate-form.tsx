"use client";

import { type FormEvent, useRef, useState } from "react";
import { useText } from "#text";
import { useReauthentication } from "@/components/account/reauthenticate-dialog";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { RadioCards } from "@/components/ui/radio-cards";
import { focusFirstError, type Outcome, useSubmission } from "@/components/ui/use-submission";
import { message } from "@/lib/text/message";
import type { RotateTokenInput, TokenView } from "@/lib/tokens/schema";
import { maxOverlapSeconds } from "@/lib/tokens/vocabulary";
import { useIdempotencyKey } from "./use-idempotency-key";

export interface RotateFormProps {
  token: TokenView;
  rotate: (
    id: string,
    input: RotateTokenInput,
    idempotencyKey: string,
  ) => Promise<Outcome<{ token: TokenView; secret: string }>>;
  onRotated: (issued: { token: TokenView; secret: string }) => void;
  onCancel: () => void;
}

const overlapChoices = ["0", "3600", "86400", "604800", "custom"] as const;
type OverlapChoice = (typeof overlapChoices)[number];

const hourSeconds = 3600;

export function RotateForm({ token, rotate, onRotated, onCancel }: RotateFormProps) {
  const text = useText();
  const [choice, setChoice] = useState<OverlapChoice>("86400");
  const [hours, setHours] = useState("48");
  const form = useRef<HTMLFormElement>(null);
  const keyFor = useIdempotencyKey<RotateTokenInput>();
  const { confirmed, prompt } = useReauthentication();
  const { pending, failure, submit } = useSubmission({
    send: (input: RotateTokenInput) => confirmed(() => rotate(token.id, input, keyFor(input))),
    onDone: onRotated,
    onFailed: () => focusFirstError(form.current),
    lost: text(
      "The server did not answer, so the token may be rotated already. Try again: you will get the same successor, not a second one.",
    ),
  });
  const overlapSeconds = choice === "custom" ? Math.round(Number(hours) * hourSeconds) : Number(choice);
  const isValid = Number.isInteger(overlapSeconds) && overlapSeconds >= 0 && overlapSeconds <= maxOverlapSeconds;

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (isValid) submit({ overlapSeconds });
  }

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-4">
          <FailureBanner title={text("Not rotated")} failure={failure} />
          <RadioCards<OverlapChoice>
            legend={text("How long the old secret goes on working")}
            dense
            options={overlapChoices.map((value) => ({
              value,
              label: text.known(overlapTexts[value].label),
              description: text.known(overlapTexts[value].description),
            }))}
            value={choice}
            onValueChange={setChoice}
          />
          {choice === "custom" && (
            <Field
              label={text("Hours")}
              hint={text("From 0 to 720, which is 30 days.")}
              error={isValid ? undefined : text("Enter hours from 0 to 720")}
            >
              <Input inputMode="decimal" value={hours} onValueChange={setHours} autoComplete="off" />
            </Field>
          )}
          {choice === "0" && (
            <Banner tone="warning">
              {text("Calls with the old secret are refused from this moment. Choose this when it may have leaked.")}
            </Banner>
          )}
        </div>
      </OverlayBody>
      {prompt}
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The token is being rotated") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Rotating…")}>
          {text("Rotate token")}
        </Button>
      </OverlayFooter>
    </form>
  );
}

const overlapTexts: Readonly<Record<OverlapChoice, { label: string; description: string }>> = {
  "0": { label: message("Not at all"), description: message("The new secret replaces it at once.") },
  "3600": { label: message("1 hour"), description: message("For one deployment.") },
  "86400": { label: message("24 hours"), description: message("For a daily job.") },
  "604800": { label: message("7 days"), description: message("For many places.") },
  custom: { label: message("Custom"), description: message("Up to 30 days.") },
};
