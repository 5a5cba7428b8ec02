"use client";

import { useRef, useState } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { focusFirstError, issueAt, type Outcome, useSubmission } from "@/components/ui/use-submission";
import { SettingForm } from "./setting-form";

interface RenameFormProps {
  noun: "organization" | "tenant";
  name: string;
  hint: string;
  /** Why it cannot be renamed here; undefined when it can. */
  readOnlyReason: string | undefined;
  rename: (input: { name: string }) => Promise<Outcome<object>>;
}

/** The name of an organization or tenant, to be changed. Give it the name as its key, so that a new one shows. */
export function RenameForm({ noun, name: current, hint, readOnlyReason, rename }: RenameFormProps) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(current);
  const { pending, failure, submit, clear } = useSubmission({
    send: rename,
    onDone: () => toast.success(text("Renamed the {noun, select, tenant {tenant} other {organization}}", { noun })),
    onFailed: () => focusFirstError(form.current),
    lost: text("The server did not answer, so the name may or may not have changed. Reload the page to see."),
  });
  const unchanged = name.trim() === current ? text("The name is as it was") : undefined;

  return (
    <SettingForm
      ref={form}
      label={noun === "tenant" ? text("Tenant") : text("Organization")}
      onSave={() => submit({ name })}
      saveLabel={text("Rename")}
      pending={pending}
      pendingLabel={text("Renaming…")}
      disabledReason={readOnlyReason ?? unchanged}
    >
      <FailureBanner
        title={text("The {noun, select, tenant {tenant} other {organization}} was not renamed", { noun })}
        failure={failure}
        fields={["name"]}
      />
      <Field label={text("Name")} error={issueAt(failure?.issues ?? [], "name")} hint={readOnlyReason ?? hint}>
        <Input
          name={`${noun}-name`}
          value={name}
          onValueChange={(next) => {
            setName(next);
            clear();
          }}
          maxLength={80}
          autoComplete="off"
          data-1p-ignore=""
          readOnly={readOnlyReason !== undefined}
        />
      </Field>
    </SettingForm>
  );
}
