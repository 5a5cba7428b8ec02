"use client";

import { type FormEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { CheckboxList } from "@/components/ui/checkbox-list";
import { utcDay } from "@/components/ui/dates";
import { Disclosure } from "@/components/ui/disclosure";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { Textarea } from "@/components/ui/textarea";
import { focusFirstError, type Outcome, useSubmission } from "@/components/ui/use-submission";
import type { TokenView, UpdateTokenInput } from "@/lib/tokens/schema";
import type { NamedResource } from "./create-token-form";
import { checkEdit, type EditDraft, editDraftOf, lastDayRange } from "./edit-token-draft";

export interface EditTokenFormProps {
  token: TokenView;
  /** The tenant's, by name. */
  datasets: readonly NamedResource[];
  pipelines: readonly NamedResource[];
  update: (id: string, input: UpdateTokenInput) => Promise<Outcome<{ token: TokenView }>>;
  onUpdated: (token: TokenView) => void;
  /** The way to more than the token has. */
  onDuplicate: () => void;
  onCancel: () => void;
}

const fields = ["name", "description", "scopes", "resources", "allowedCidrs", "expiresAt"];

export function EditTokenForm(props: EditTokenFormProps) {
  const { token, datasets, pipelines, update, onUpdated, onDuplicate, onCancel } = props;
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [openedAt] = useState(Date.now);
  const [draft, setDraft] = useState<EditDraft>(() => editDraftOf(token));
  const [submitted, setSubmitted] = useState(false);
  const { pending, failure, submit, clear } = useSubmission({
    send: (input: UpdateTokenInput) => update(token.id, input),
    onDone: ({ token: updated }) => onUpdated(updated),
    onFailed: () => focusFirstError(form.current),
    lost: text(
      "The server did not answer, so the changes may or may not be saved. Look at the token before you try again.",
    ),
  });
  const checked = checkEdit(token, draft);
  const issues = [...(submitted && checked.kind === "invalid" ? checked.issues : []), ...(failure?.issues ?? [])];
  const expiry = lastDayRange(token, openedAt);
  const dropped = token.scopes.filter((scope) => !draft.scopes.includes(scope));

  function edit(change: Partial<EditDraft>) {
    setDraft({ ...draft, ...change });
    clear();
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (checked.kind === "unchanged") return;
    flushSync(() => setSubmitted(true));
    if (checked.kind === "changed") submit(checked.input);
    else focusFirstError(form.current);
  }

  function errorAt(path: string): string | undefined {
    return issues.find((issue) => issue.path === path || issue.path.startsWith(`${path}.`))?.message;
  }

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-5">
          <FailureBanner
            title={text("The changes were not saved")}
            failure={failure}
            fields={issues.flatMap(({ path }) => (fields.includes(path.split(".", 1)[0] ?? "") ? path : []))}
          />
          <Field label={text("Name")} error={errorAt("name")}>
            <Input
              name="name"
              value={draft.name}
              onValueChange={(name) => edit({ name })}
              maxLength={80}
              autoComplete="off"
              data-1p-ignore=""
            />
          </Field>
          <Field label={text("Description")} optional error={errorAt("description")}>
            <Textarea
              name="description"
              value={draft.description}
              onValueChange={(description) => edit({ description })}
            />
          </Field>
          <CheckboxList
            legend={text("Scopes")}
            hint={text("Uncheck what it no longer needs.")}
            options={token.scopes.map((scope) => ({ id: scope, name: scope }))}
            selected={draft.scopes}
            // In the token's own order, so that checking one again changes nothing.
            onSelectedChange={(kept) => edit({ scopes: token.scopes.filter((scope) => kept.includes(scope)) })}
            error={errorAt("scopes")}
            empty={text("It has no scopes.")}
          />
          {limit("datasets", text("Datasets"), datasets)}
          {limit("pipelines", text("Pipelines"), pipelines)}
          <Disclosure
            label={token.allowedCidrs.length > 0 ? text("Addresses") : text("Limit to addresses")}
            note={
              token.allowedCidrs.length > 0
                ? text("{count} allowed", { count: token.allowedCidrs.length })
                : text("From anywhere now")
            }
            defaultOpen={token.allowedCidrs.length > 0}
          >
            <Field
              label={text("Allowed addresses")}
              hint={
                token.allowedCidrs.length > 0
                  ? text("Remove some, or name smaller ranges within them. One a line.")
                  : text("IPv4 or IPv6 addresses or CIDR ranges, one a line. Empty: from anywhere.")
              }
              error={errorAt("allowedCidrs")}
            >
              <Textarea
                name="allowedCidrs"
                rows={2}
                className="font-mono"
                placeholder="203.0.113.0/24"
                spellCheck={false}
                value={draft.addresses}
                onValueChange={(addresses) => edit({ addresses })}
              />
            </Field>
          </Disclosure>
          <Field
            label={text("Last day")}
            optional={token.expiresAt === null}
            hint={
              token.expiresAt === null
                ? text("It never expires now. A date can be set; it cannot be taken back.")
                : text("It expires on {day} now, and can only be brought forward.", {
                    day: utcDay(Date.parse(token.expiresAt), text),
                  })
            }
            error={errorAt("expiresAt")}
          >
            <Input
              type="date"
              value={draft.lastDay}
              min={expiry.min}
              {...(expiry.max !== undefined && { max: expiry.max })}
              onValueChange={(lastDay) => edit({ lastDay })}
              className="sm:max-w-48"
            />
          </Field>
          <p className="text-xs text-muted">
            {text.rich(
              "Changes here only take away. For more scopes, wider limits or a later expiry, <duplicate>duplicate it with changes</duplicate>.",
              {
                duplicate: (content) => (
                  <button
                    type="button"
                    onClick={onDuplicate}
                    className="rounded-sm text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-accent"
                  >
                    {content}
                  </button>
                ),
              },
            )}
          </p>
        </div>
      </OverlayBody>
      <OverlayFooter>
        <p aria-live="polite" className="min-w-0 flex-1 basis-48 text-xs text-muted max-sm:basis-full">
          {dropped.length > 0 &&
            text("{count, plural, one {# scope} other {# scopes}} will go, and cannot be given back.", {
              count: dropped.length,
            })}
        </p>
        <Button onClick={onCancel} disabledReason={pending ? text("The changes are being saved") : undefined}>
          {text("Cancel")}
        </Button>
        <Button
          type="submit"
          variant="primary"
          pending={pending}
          pendingLabel={text("Saving…")}
          disabledReason={checked.kind === "unchanged" ? text("Nothing has changed") : undefined}
        >
          {text("Save changes")}
        </Button>
      </OverlayFooter>
    </form>
  );

  /** What there is can be tightened; where there is no limit, one can be set. */
  function limit(kind: "datasets" | "pipelines", legend: string, all: readonly NamedResource[]) {
    const current = token.resources?.[kind];
    const options = current === undefined ? all : all.filter(({ id }) => current.includes(id));
    const list = (
      <CheckboxList
        legend={legend}
        hint={
          current === undefined
            ? text("None chosen: all {kind, select, datasets {datasets} other {pipelines}}, also later ones.", { kind })
            : text("Uncheck to take away.")
        }
        options={options}
        selected={draft[kind]}
        onSelectedChange={(chosen) => edit({ [kind]: chosen })}
        error={errorAt(`resources.${kind}`)}
        empty={
          current === undefined
            ? text("This tenant has no {kind, select, datasets {datasets} other {pipelines}} yet.", { kind })
            : text(
                "None of the {kind, select, datasets {datasets} other {pipelines}} it is limited to exists any more.",
                { kind },
              )
        }
      />
    );
    if (current !== undefined) return list;
    return (
      <Disclosure
        label={text("Limit to {kind, select, datasets {datasets} other {pipelines}}", { kind })}
        note={
          draft[kind].length > 0
            ? text("{count} chosen", { count: draft[kind].length })
            : text("All {kind, select, datasets {datasets} other {pipelines}} now", { kind })
        }
      >
        {list}
      </Disclosure>
    );
  }
}
