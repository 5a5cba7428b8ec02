"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { RadioCards } from "@/components/ui/radio-cards";
import type { FieldIssue } from "@/lib/errors";
import { maxOverlapSeconds, type RotateTokenInput, type TokenView } from "@/lib/tokens/schema";

export type RotateResult =
  | { ok: true; token: TokenView; secret: string }
  | { ok: false; message: string; issues: readonly FieldIssue[]; correlationId: string };

export interface RotateFormProps {
  token: TokenView;
  rotate: (id: string, input: RotateTokenInput) => Promise<RotateResult>;
  onRotated: (issued: { token: TokenView; secret: string }) => void;
  onCancel: () => void;
}

const overlapChoices = ["0", "3600", "86400", "604800", "custom"] as const;
type OverlapChoice = (typeof overlapChoices)[number];

const hourSeconds = 3600;

export function RotateForm({ token, rotate, onRotated, onCancel }: RotateFormProps) {
  const [choice, setChoice] = useState<OverlapChoice>("86400");
  const [hours, setHours] = useState("48");
  const [failure, setFailure] = useState<{ message: string; correlationId: string | null } | null>(null);
  const [pending, startTransition] = useTransition();
  const overlapSeconds = choice === "custom" ? Math.round(Number(hours) * hourSeconds) : Number(choice);
  const isValid = Number.isInteger(overlapSeconds) && overlapSeconds >= 0 && overlapSeconds <= maxOverlapSeconds;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (pending || !isValid) return;
    setFailure(null);
    startTransition(async () => {
      const result = await attempt();
      if (result.ok) onRotated(result);
      else setFailure(result);
    });
  }

  async function attempt() {
    try {
      return await rotate(token.id, { overlapSeconds });
    } catch (fault) {
      unstable_rethrow(fault);
      const message =
        "The server did not answer, so the token may or may not be rotated. Look for its successor in the list first.";
      return { ok: false, message, correlationId: null } as const;
    }
  }

  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-4">
          {failure !== null && (
            <ProblemBanner title="Not rotated" message={failure.message} correlationId={failure.correlationId} />
          )}
          <RadioCards<OverlapChoice>
            legend="How long the old secret goes on working"
            dense
            options={overlapChoices.map((value) => ({ value, ...overlapTexts[value] }))}
            value={choice}
            onValueChange={setChoice}
          />
          {choice === "custom" && (
            <Field
              label="Hours"
              hint="From 0 to 720, which is 30 days."
              error={isValid ? undefined : "Enter hours from 0 to 720"}
            >
              <Input inputMode="decimal" value={hours} onValueChange={setHours} autoComplete="off" />
            </Field>
          )}
          {choice === "0" && (
            <Banner tone="warning">
              Calls with the old secret are refused from this moment. Choose this when it may have leaked.
            </Banner>
          )}
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? "The token is being rotated" : undefined}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel="Rotating…">
          Rotate token
        </Button>
      </OverlayFooter>
    </form>
  );
}

const overlapTexts: Readonly<Record<OverlapChoice, { label: string; description: string }>> = {
  "0": { label: "Not at all", description: "The new secret replaces it at once." },
  "3600": { label: "1 hour", description: "For one deployment." },
  "86400": { label: "24 hours", description: "For a daily job." },
  "604800": { label: "7 days", description: "For many places." },
  custom: { label: "Custom", description: "Up to 30 days." },
};
