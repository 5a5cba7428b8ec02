"use client";

import { type FormEvent, useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { focusFirstError, issueAt, type Outcome, useSubmission } from "@/components/ui/use-submission";
import { type PlanId, plans } from "@/lib/access/plans";
import type { NamedTenant } from "./member-wording";

interface GeneralFormProps {
  organization: { name: string; plan: PlanId; tenants: readonly NamedTenant[] };
  readOnlyReason: string | undefined;
  rename: (input: { name: string }) => Promise<Outcome<object>>;
}

/** Organization settings → General. */
export function GeneralForm({ organization, readOnlyReason, rename }: GeneralFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(organization.name);
  const { pending, failure, submit, clear } = useSubmission({
    send: rename,
    onDone: () => toast.success("Renamed the organization"),
    onFailed: () => focusFirstError(form.current),
    lost: "The server did not answer, so the name may or may not have changed. Reload the page to see.",
  });
  const unchanged = name.trim() === organization.name ? "The name is as it was" : undefined;

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (readOnlyReason === undefined && unchanged === undefined) submit({ name });
  }

  return (
    <div className="max-w-xl">
      <h2 className="text-lg font-semibold tracking-tight">General</h2>
      <form
        ref={form}
        noValidate
        onSubmit={onSubmit}
        aria-label="Organization"
        className="mt-4 grid gap-4 rounded-xl border bg-surface p-5 max-sm:p-4"
      >
        <FailureBanner title="The organization was not renamed" failure={failure} fields={["name"]} />
        <Field
          label="Name"
          error={issueAt(failure?.issues ?? [], "name")}
          hint={readOnlyReason ?? "Shown wherever its tenants and its members are."}
        >
          <Input
            name="organization-name"
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
        <div className="flex justify-end">
          <Button
            type="submit"
            variant="primary"
            pending={pending}
            pendingLabel="Renaming…"
            disabledReason={readOnlyReason ?? unchanged}
          >
            Rename
          </Button>
        </div>
      </form>
      <dl className="mt-4 grid gap-3 rounded-xl border bg-surface p-5 max-sm:p-4">
        <div>
          <dt className="font-medium">Plan</dt>
          <dd className="mt-0.5 text-muted">
            {plans[organization.plan].label}
            {plans[organization.plan].programmaticAccess ? "" : ", without programmatic access"}
          </dd>
        </div>
        <div>
          <dt className="font-medium">Tenants</dt>
          <dd className="mt-0.5 text-muted">
            {organization.tenants.length === 0
              ? "None yet"
              : organization.tenants.map((tenant) => tenant.name).join(", ")}
          </dd>
        </div>
      </dl>
    </div>
  );
}
