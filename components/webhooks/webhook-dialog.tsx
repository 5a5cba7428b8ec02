"use client";

import { useId, useState } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { FieldError } from "@/components/ui/field-error";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { useCheckedForm } from "@/components/ui/use-checked-form";
import { issueAt, type Outcome } from "@/components/ui/use-submission";
import { type NoticeType, noticeTexts, noticeTypes } from "@/lib/notices/schema";
import { type CreateWebhookInput, createWebhookSchema, type WebhookView } from "@/lib/webhooks/schema";

interface WebhookFormProps<Done extends object> {
  /** The webhook to change; null: a new one. */
  webhook: WebhookView | null;
  send: (input: CreateWebhookInput) => Promise<Outcome<Done>>;
  onDone: (done: Done) => void;
}

interface WebhookDialogProps<Done extends object> extends WebhookFormProps<Done> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus?: () => HTMLElement | null | false;
}

/** Makes a webhook, or changes one. */
export function WebhookDialog<Done extends object>(props: WebhookDialogProps<Done>) {
  const text = useText();
  const { open, onOpenChange, finalFocus, ...form } = props;
  const isNew = form.webhook === null;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={isNew ? text("Create webhook") : text("Edit webhook")}
      description={
        isNew ? text("Its signing secret is shown once, as soon as it is there.") : text("Its signing secret stays.")
      }
      keepOnOutsidePress
      {...(finalFocus && { finalFocus })}
    >
      {/* Mounted only while open, so every opening starts from how things are. */}
      <WebhookForm {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

const fields = ["url", "description", "events"];

function WebhookForm<Done extends object>(props: WebhookFormProps<Done> & { onCancel: () => void }) {
  const text = useText();
  const { webhook, send, onDone, onCancel } = props;
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [events, setEvents] = useState<readonly NoticeType[]>(webhook?.events ?? noticeTypes);
  const { form, pending, failure, issues, onSubmit, edited } = useCheckedForm({
    schema: createWebhookSchema,
    values: { url, description, events: [...events] },
    send,
    onDone,
    lost: text(
      "The server did not answer, so it may or may not have been saved. Look at the list before you try again.",
    ),
  });

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-5">
          <FailureBanner title={text("The webhook was not saved")} failure={failure} fields={fields} />
          <Field
            label={text("Address")}
            error={issueAt(issues, "url")}
            hint={text("Where messages are sent, by POST, as JSON.")}
          >
            <Input
              name="webhook-url"
              type="url"
              inputMode="url"
              placeholder="https://hooks.example.com/praxis"
              value={url}
              onValueChange={edited(setUrl)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              data-1p-ignore=""
            />
          </Field>
          <Field label={text("Description")} optional error={issueAt(issues, "description")}>
            <Input
              name="webhook-description"
              placeholder={text("Opens tickets for the platform team")}
              value={description}
              onValueChange={edited(setDescription)}
              maxLength={200}
              autoComplete="off"
            />
          </Field>
          <EventChoice chosen={events} onChange={edited(setEvents)} error={issueAt(issues, "events")} />
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The webhook is being saved") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Saving…")}>
          {webhook === null ? text("Create webhook") : text("Save changes")}
        </Button>
      </OverlayFooter>
    </form>
  );
}

interface EventChoiceProps {
  chosen: readonly NoticeType[];
  onChange: (chosen: readonly NoticeType[]) => void;
  error: string | undefined;
}

function EventChoice({ chosen, onChange, error }: EventChoiceProps) {
  const text = useText();
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-error`} className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{text("Events")}</legend>
      <div className="grid gap-2.5 rounded-lg border bg-surface p-3">
        {noticeTypes.map((type) => (
          <Checkbox
            key={type}
            label={text.known(noticeTexts[type].label)}
            description={text.known(noticeTexts[type].description)}
            checked={chosen.includes(type)}
            onCheckedChange={(checked) =>
              onChange(noticeTypes.filter((other) => (other === type ? checked : chosen.includes(other))))
            }
          />
        ))}
      </div>
      <FieldError id={`${id}-error`} message={error} />
    </fieldset>
  );
}
