"use client";

import type { FormEvent, ReactNode } from "react";
import { useText } from "#text";
import { AlertDialog } from "./alert-dialog";
import { Button } from "./button";
import { FailureBanner } from "./failure-banner";
import { OverlayBody, OverlayFooter } from "./overlay-parts";
import { type Outcome, useSubmission } from "./use-submission";

interface ConfirmFormProps<Done extends object> {
  confirmLabel: string;
  pendingLabel: string;
  /** The heading of a failure: "Not removed". */
  failureTitle: string;
  /** What is said when the server did not answer. */
  lost: string;
  tone?: "primary" | "danger";
  confirm: () => Promise<Outcome<Done>>;
  onDone: (done: Done) => void;
  children?: ReactNode;
}

interface ConfirmDialogProps<Done extends object> extends ConfirmFormProps<Done> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen. */
  description: ReactNode;
}

/** Asks before something is done, and stays to tell if it could not be. */
export function ConfirmDialog<Done extends object>(props: ConfirmDialogProps<Done>) {
  const { open, onOpenChange, title, description, ...form } = props;
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      {/* Mounted only while open, so every opening starts anew. */}
      <ConfirmForm {...form} onCancel={() => onOpenChange(false)} />
    </AlertDialog>
  );
}

function ConfirmForm<Done extends object>(props: ConfirmFormProps<Done> & { onCancel: () => void }) {
  const {
    confirmLabel,
    pendingLabel,
    failureTitle,
    lost,
    tone = "danger",
    confirm,
    onDone,
    onCancel,
    children,
  } = props;
  const text = useText();
  const { pending, failure, submit } = useSubmission<null, Done>({ send: () => confirm(), onDone, lost });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    submit(null);
  }

  return (
    <form noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      {(failure !== null || children !== undefined) && (
        <OverlayBody>
          <div className="grid gap-4">
            <FailureBanner title={failureTitle} failure={failure} />
            {children}
          </div>
        </OverlayBody>
      )}
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("It is being done") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant={tone} pending={pending} pendingLabel={pendingLabel}>
          {confirmLabel}
        </Button>
      </OverlayFooter>
    </form>
  );
}
