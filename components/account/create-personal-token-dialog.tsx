"use client";

import { useState } from "react";
import { useText } from "#text";
import { expiryTime } from "@/components/tokens/token-expiry";
import { Button } from "@/components/ui/button";
import { dayMs, utcDay } from "@/components/ui/dates";
import { Dialog } from "@/components/ui/dialog";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { Select } from "@/components/ui/select";
import { useCheckedForm } from "@/components/ui/use-checked-form";
import { issueAt, type Outcome } from "@/components/ui/use-submission";
import { type CreatePersonalTokenInput, createPersonalTokenSchema, personalTokenMaxDays } from "@/lib/account/schema";
import { message } from "@/lib/text/message";
import type { TokenView } from "@/lib/tokens/schema";
import { useReauthentication } from "./reauthenticate-dialog";

export interface CreatePersonalTokenFormProps {
  create: (input: CreatePersonalTokenInput) => Promise<Outcome<{ token: TokenView; secret: string }>>;
  onCreated: (created: { token: TokenView; secret: string }) => void;
}

interface CreatePersonalTokenDialogProps extends CreatePersonalTokenFormProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus: () => HTMLElement | null | false;
}

export function CreatePersonalTokenDialog({ open, onOpenChange, finalFocus, ...form }: CreatePersonalTokenDialogProps) {
  const text = useText();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("Create personal token")}
      description={text("It acts as you, wherever you are a member, with the rights you have at each moment.")}
      size="sm"
      keepOnOutsidePress
      finalFocus={finalFocus}
    >
      {/* Mounted only while open, so every opening starts from an empty form. */}
      <CreatePersonalTokenForm {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

const choices = [
  { value: "30", label: message("30 days") },
  { value: "90", label: message("90 days") },
  { value: "365", label: message("1 year") },
  { value: "custom", label: message("Custom date") },
] as const;
const fields = ["name", "expiresAt"];

function CreatePersonalTokenForm(props: CreatePersonalTokenFormProps & { onCancel: () => void }) {
  const text = useText();
  const { create, onCreated, onCancel } = props;
  const [openedAt] = useState(Date.now);
  const [name, setName] = useState("");
  const [choice, setChoice] = useState<(typeof choices)[number]["value"]>("90");
  const [customDate, setCustomDate] = useState("");
  const time = expiryTime(choice, customDate, openedAt);
  const { confirmed, prompt } = useReauthentication();
  const { form, pending, failure, issues, onSubmit, edited } = useCheckedForm({
    schema: createPersonalTokenSchema,
    values: { name, ...(typeof time === "number" && { expiresAt: new Date(time).toISOString() }) },
    furtherIssues: typeof time === "number" ? [] : [{ path: "expiresAt", message: text("Choose a date") }],
    send: (input) => confirmed(() => create(input)),
    onDone: onCreated,
    lost: text(
      "The server did not answer, so the token may or may not exist. Look for it in the list before you try again.",
    ),
  });

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-5">
          <FailureBanner title={text("The token was not created")} failure={failure} fields={fields} />
          <Field
            label={text("Name")}
            hint={text("Say what will use it, such as “backup script, laptop”.")}
            error={issueAt(issues, "name")}
          >
            <Input
              name="token-name"
              value={name}
              onValueChange={edited(setName)}
              maxLength={80}
              autoComplete="off"
              data-1p-ignore=""
            />
          </Field>
          <Field
            label={text("Expires")}
            {...(choice !== "custom" && { error: issueAt(issues, "expiresAt") })}
            {...(typeof time === "number" &&
              choice !== "custom" && { hint: text("On {day}.", { day: utcDay(time, text) }) })}
          >
            <Select
              options={choices.map(({ value, label }) => ({ value, label: text.known(label) }))}
              value={choice}
              onValueChange={edited(setChoice)}
            />
          </Field>
          {choice === "custom" && (
            <Field
              label={text("Date")}
              hint={text("It works through this day, in UTC; one year at most.")}
              error={issueAt(issues, "expiresAt")}
            >
              <Input
                name="expires"
                type="date"
                value={customDate}
                min={isoDay(openedAt)}
                max={isoDay(openedAt + personalTokenMaxDays * dayMs)}
                onValueChange={edited(setCustomDate)}
              />
            </Field>
          )}
        </div>
      </OverlayBody>
      {prompt}
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The token is being created") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Creating…")}>
          {text("Create token")}
        </Button>
      </OverlayFooter>
    </form>
  );
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
