"use client";

import { useState } from "react";
import { useText } from "#text";
import { useReauthentication } from "@/components/account/reauthenticate-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { useCheckedForm } from "@/components/ui/use-checked-form";
import { issueAt, type Outcome } from "@/components/ui/use-submission";
import type { RoleId } from "@/lib/access/roles";
import type { Scope } from "@/lib/access/scopes";
import { type AddMemberInput, addMemberSchema, type MemberView } from "@/lib/members/schema";
import { type NamedTenant, roleCards } from "./member-wording";

export interface AddMemberFormProps {
  organizationName: string;
  tenants: readonly NamedTenant[];
  heldScopes: readonly Scope[];
  add: (input: AddMemberInput) => Promise<Outcome<{ user: MemberView; password: string | null }>>;
  onAdded: (added: { user: MemberView; password: string | null }) => void;
}

interface AddMemberDialogProps extends AddMemberFormProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus: () => HTMLElement | null | false;
}

export function AddMemberDialog({ open, onOpenChange, finalFocus, ...form }: AddMemberDialogProps) {
  const text = useText();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("Add member")}
      description={text("To {organization}. A person without an account gets one, and you pass on the password.", {
        organization: form.organizationName,
      })}
      keepOnOutsidePress
      finalFocus={finalFocus}
    >
      {/* Mounted only while open, so every opening starts from an empty form. */}
      <AddMemberForm {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

const wholeOrganization = "organization";
const fields = ["email", "name", "role", "tenantId"];

function AddMemberForm({ tenants, heldScopes, add, onAdded, onCancel }: AddMemberFormProps & { onCancel: () => void }) {
  const text = useText();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<RoleId | null>(null);
  const [place, setPlace] = useState<string>(wholeOrganization);
  const { confirmed, prompt } = useReauthentication();
  const { form, pending, failure, issues, onSubmit, edited } = useCheckedForm({
    schema: addMemberSchema,
    values: { email, name, role, tenantId: place === wholeOrganization ? null : place },
    send: (input) => confirmed(() => add(input)),
    onDone: onAdded,
    lost: text(
      "The server did not answer, so the person may or may not have been added. Look for them in the list first.",
    ),
  });

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-5">
          <FailureBanner title={text("The member was not added")} failure={failure} fields={fields} />
          <Field label={text("E-mail")} error={issueAt(issues, "email")}>
            <Input
              name="member-email"
              type="email"
              value={email}
              onValueChange={edited(setEmail)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              data-1p-ignore=""
            />
          </Field>
          <Field
            label={text("Name")}
            error={issueAt(issues, "name")}
            hint={text("A person who has an account already keeps the name it has.")}
          >
            <Input
              name="member-name"
              value={name}
              onValueChange={edited(setName)}
              maxLength={80}
              autoComplete="off"
              data-1p-ignore=""
            />
          </Field>
          <RadioCards<RoleId>
            legend={text("Role")}
            options={roleCards(heldScopes, text)}
            value={role}
            onValueChange={edited(setRole)}
            error={issueAt(issues, "role")}
          />
          <Field
            label={text("Where")}
            error={issueAt(issues, "tenantId")}
            hint={text("A role in the whole organization counts in every tenant, also in those to come.")}
          >
            <Select
              options={[
                { value: wholeOrganization, label: text("Whole organization") },
                ...tenants.map((tenant) => ({
                  value: tenant.id,
                  label: text("Only {tenant}", { tenant: tenant.name }),
                })),
              ]}
              value={place}
              onValueChange={edited(setPlace)}
            />
          </Field>
        </div>
      </OverlayBody>
      {prompt}
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The member is being added") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Adding…")}>
          {text("Add member")}
        </Button>
      </OverlayFooter>
    </form>
  );
}
