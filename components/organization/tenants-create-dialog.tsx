"use client";

import { type FormEvent, useRef, useState } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { focusFirstError, issueAt, type Outcome, useSubmission } from "@/components/ui/use-submission";

export type CreateTenant = (input: { name: string }) => Promise<Outcome<{ tenant: { name: string } }>>;

interface CreateTenantFormProps {
  create: CreateTenant;
  onCreated: (name: string) => void;
}

interface CreateTenantDialogProps extends CreateTenantFormProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  organizationName: string;
  finalFocus: () => HTMLElement | null;
}

export function CreateTenantDialog({
  open,
  onOpenChange,
  organizationName,
  finalFocus,
  ...form
}: CreateTenantDialogProps) {
  const text = useText();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("Create tenant")}
      description={text("In {organization}. Whoever has a role in the whole organization has it here, too.", {
        organization: organizationName,
      })}
      size="sm"
      keepOnOutsidePress
      finalFocus={finalFocus}
    >
      {/* Mounted only while open, so every opening starts from an empty form. */}
      <CreateTenantForm {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

function CreateTenantForm({ create, onCreated, onCancel }: CreateTenantFormProps & { onCancel: () => void }) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState("");
  const { pending, failure, submit, clear } = useSubmission({
    send: create,
    onDone: ({ tenant }) => onCreated(tenant.name),
    onFailed: () => focusFirstError(form.current),
    lost: text(
      "The server did not answer, so the tenant may or may not have been created. Look for it in the list first.",
    ),
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    submit({ name });
  }

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-5">
          <FailureBanner title={text("The tenant was not created")} failure={failure} fields={["name"]} />
          <Field
            label={text("Name")}
            error={issueAt(failure?.issues ?? [], "name")}
            hint={text("Such as a region or an environment. You can change it later.")}
          >
            <Input
              name="tenant-name"
              value={name}
              onValueChange={(next) => {
                setName(next);
                clear();
              }}
              maxLength={80}
              autoComplete="off"
              data-1p-ignore=""
            />
          </Field>
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The tenant is being created") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Creating…")}>
          {text("Create tenant")}
        </Button>
      </OverlayFooter>
    </form>
  );
}
