"use client";

import { type FormEvent, type RefObject, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { issueAt, useSubmission } from "@/components/ui/use-submission";
import type { FoundToken, IdentifyToken } from "./found-token";

interface FoundTokenFormProps {
  /** The field, which has focus first. */
  input: RefObject<HTMLInputElement | null>;
  identify: IdentifyToken;
  onFound: (found: FoundToken) => void;
  onCancel: () => void;
}

/** Takes the secret. It is in the field only, never in state, and the field is emptied by every answer. */
export function FoundTokenForm({ input, identify, onFound, onCancel }: FoundTokenFormProps) {
  const text = useText();
  const [answers, setAnswers] = useState(0);
  const [missing, setMissing] = useState(false);
  const { pending, failure, submit, clear } = useSubmission({
    send: identify,
    onDone: onFound,
    onFailed: () => {
      flushSync(() => setAnswers((count) => count + 1));
      input.current?.focus();
    },
    lost: text("The server did not answer, so the secret was not looked up. Paste it again."),
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const secret = input.current?.value.trim() ?? "";
    flushSync(() => setMissing(secret === ""));
    if (secret === "") input.current?.focus();
    else submit({ secret });
  }

  return (
    <form noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-4">
          <FailureBanner title={text("Not found")} failure={failure} fields={["secret"]} />
          {/* A new field for each answer, so that the old one's value is gone with all that remembered it. */}
          <Field
            key={answers}
            label={text("Secret")}
            error={missing ? text("Paste a secret") : issueAt(failure?.issues ?? [], "secret")}
            hint={text(
              "pxt_ or pxp_ and 38 letters and digits. It is looked for in every tenant you may see, and neither kept nor logged.",
            )}
          >
            {/* Hidden as a password is, but not one: a browser would offer to keep it. */}
            <Input
              ref={input}
              type="text"
              name="found-secret"
              className="font-mono [-webkit-text-security:disc]"
              onValueChange={() => {
                setMissing(false);
                clear();
              }}
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              data-1p-ignore=""
              data-bwignore=""
              data-lpignore="true"
            />
          </Field>
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={onCancel}>{text("Cancel")}</Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Looking…")}>
          {text("Look it up")}
        </Button>
      </OverlayFooter>
    </form>
  );
}
