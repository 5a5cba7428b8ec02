"use client";

import type { FormEvent, ReactNode, RefObject } from "react";
import { Button } from "@/components/ui/button";

interface SettingFormProps {
  ref: RefObject<HTMLFormElement | null>;
  label: string;
  onSave: () => void;
  saveLabel: string;
  pending: boolean;
  pendingLabel: string;
  /** Why it cannot be saved as it is; undefined when it can. */
  disabledReason: string | undefined;
  children: ReactNode;
}

/** A setting in a card of its own, with the button that saves it. */
export function SettingForm(props: SettingFormProps) {
  const { ref, label, onSave, saveLabel, pending, pendingLabel, disabledReason, children } = props;

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (disabledReason === undefined) onSave();
  }

  return (
    <form
      ref={ref}
      noValidate
      onSubmit={onSubmit}
      aria-label={label}
      className="mt-4 grid gap-4 rounded-xl border bg-surface p-5 max-sm:p-4"
    >
      {children}
      <div className="flex justify-end">
        <Button
          type="submit"
          variant="primary"
          pending={pending}
          pendingLabel={pendingLabel}
          disabledReason={disabledReason}
        >
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}
