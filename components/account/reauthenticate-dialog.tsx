"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, type RefObject, use, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { PasswordInput } from "@/components/ui/password-input";
import { type Failure, focusFirstError, issueAt, type Outcome } from "@/components/ui/use-submission";
import { message } from "@/lib/text/message";
import { type Asking, ConfirmBySsoDialog } from "./confirm-by-sso-dialog";
import { type Reauthenticate, ReauthenticationContext } from "./reauthentication";

/**
 * For a form whose submission may need the password anew: `confirmed` sends it, asks if the server wants it so, and
 * sends once more; `prompt` belongs inside the form, so that its dialog opens on top of the form's own.
 */
export function useReauthentication() {
  const reauthentication = use(ReauthenticationContext);
  const [asking, setAsking] = useState<Asking | null>(null);
  // Without an answer the form's submission would be pending for ever, and navigation with it.
  useEffect(() => () => asking?.answer(false), [asking]);

  async function confirmed<Done extends object>(send: () => Promise<Outcome<Done>>): Promise<Outcome<Done>> {
    const outcome = await send();
    if (outcome.ok || outcome.code !== "reauthentication_required" || reauthentication === null) return outcome;
    const isConfirmed = await new Promise<boolean>((answer) => setAsking({ answer }));
    setAsking(null);
    return isConfirmed ? send() : outcome;
  }

  const prompt =
    reauthentication === null ? null : reauthentication.by === "password" ? (
      <ReauthenticateDialog asking={asking} reauthenticate={reauthentication.reauthenticate} />
    ) : (
      <ConfirmBySsoDialog asking={asking} name={reauthentication.name} href={reauthentication.href} />
    );
  return { confirmed, prompt };
}

function ReauthenticateDialog({ asking, reauthenticate }: { asking: Asking | null; reauthenticate: Reauthenticate }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={asking !== null}
      onOpenChange={(open) => open || asking?.answer(false)}
      title={text("Confirm your password")}
      description={text("What you are about to do gives away much, and you signed in a while ago.")}
      size="sm"
      keepOnOutsidePress
      initialFocus={input}
    >
      <ReauthenticateForm input={input} reauthenticate={reauthenticate} answer={(yes) => asking?.answer(yes)} />
    </Dialog>
  );
}

interface ReauthenticateFormProps extends Asking {
  input: RefObject<HTMLInputElement | null>;
  reauthenticate: Reauthenticate;
}

function ReauthenticateForm({ input, reauthenticate, answer }: ReauthenticateFormProps) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState("");
  // Not useSubmission: the form below is a transition already, and one inside it would end with it only.
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    // React passes events of a portal on to the form it was opened from.
    event.stopPropagation();
    if (pending) return;
    if (password === "") return fail(missing);
    setPending(true);
    const outcome = await attempt();
    setPending(false);
    if (outcome.ok) answer(true);
    else fail(outcome);
  }

  function fail(next: Failure) {
    flushSync(() => setFailure(next));
    focusFirstError(form.current);
  }

  async function attempt(): Promise<Outcome<object> | ({ ok: false } & Failure)> {
    try {
      return await reauthenticate({ password });
    } catch (fault) {
      unstable_rethrow(fault);
      return { ok: false, message: text("The server did not answer. Try again."), issues: [], correlationId: null };
    }
  }

  return (
    <form
      ref={form}
      method="post"
      noValidate
      onSubmit={onSubmit}
      aria-label={text("Confirm your password")}
      className="flex min-h-0 flex-1 flex-col"
    >
      <OverlayBody>
        <div className="grid gap-4">
          <FailureBanner title={text("The password was not confirmed")} failure={failure} fields={["password"]} />
          <Field label={text("Password")} error={issueAt(failure?.issues ?? [], "password")}>
            <PasswordInput
              ref={input}
              name="confirm-password"
              autoComplete="current-password"
              value={password}
              onValueChange={(next) => {
                setPassword(next);
                setFailure(null);
              }}
            />
          </Field>
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={() => answer(false)}>{text("Cancel")}</Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Confirming…")}>
          {text("Confirm")}
        </Button>
      </OverlayFooter>
    </form>
  );
}

const missing: Failure = {
  message: message("Enter your password"),
  issues: [{ path: "password", message: message("Enter your password") }],
  correlationId: null,
};
