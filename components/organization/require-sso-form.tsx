"use client";

import { useRef, useState } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import { useReauthentication } from "@/components/account/reauthenticate-dialog";
import { SettingForm } from "@/components/shell/setting-form";
import { Checkbox } from "@/components/ui/checkbox";
import { FailureBanner } from "@/components/ui/failure-banner";
import { focusFirstError, type Outcome, useSubmission } from "@/components/ui/use-submission";

export interface RequireSsoFormProps {
  ssoRequired: boolean;
  /** Why it cannot be changed here; undefined when it can. */
  readOnlyReason: string | undefined;
  setSsoRequired: (ssoRequired: boolean) => Promise<Outcome<object>>;
}

/** Whether the organization requires single sign-on. Give it the setting as its key, so that a new one shows. */
export function RequireSsoForm({ ssoRequired, readOnlyReason, setSsoRequired }: RequireSsoFormProps) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState(ssoRequired);
  const { confirmed, prompt } = useReauthentication();
  const { pending, failure, submit, clear } = useSubmission({
    send: (next: boolean) => confirmed(() => setSsoRequired(next)),
    onDone: () =>
      toast.success(chosen ? text("Single sign-on is required now") : text("Single sign-on is not required any more")),
    onFailed: () => focusFirstError(form.current),
    lost: text("The server did not answer, so the setting may or may not have changed. Reload the page to see."),
  });
  const unchanged = chosen === ssoRequired ? text("The setting is as it was") : undefined;

  return (
    <SettingForm
      ref={form}
      label={text("Sign-in")}
      onSave={() => submit(chosen)}
      saveLabel={text("Save")}
      pending={pending}
      pendingLabel={text("Saving…")}
      disabledReason={readOnlyReason ?? unchanged}
    >
      <FailureBanner title={text("The setting was not changed")} failure={failure} />
      <Checkbox
        label={text("Require single sign-on")}
        description={text(
          "From that moment, members who came with a password have no rights here, nor have personal tokens they made. Owners can still come with one, for when the provider is down; each time is in the audit log.",
        )}
        checked={chosen}
        onCheckedChange={(next) => {
          setChosen(next);
          clear();
        }}
        disabledReason={readOnlyReason}
      />
      {prompt}
    </SettingForm>
  );
}
