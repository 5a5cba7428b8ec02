"use client";

import { type FormEvent, useRef, useState } from "react";
import { useText } from "#text";
import { useReauthentication } from "@/components/account/reauthenticate-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { focusFirstError, type Outcome, useSubmission } from "@/components/ui/use-submission";
import type { RoleId } from "@/lib/access/roles";
import type { Scope } from "@/lib/access/scopes";
import type { MemberView } from "@/lib/members/schema";
import { isActiveOwner, lastOwnerReason, type NamedTenant, placeName, roleCards } from "./member-wording";

export interface RoleFormProps {
  member: MemberView;
  tenants: readonly NamedTenant[];
  heldScopes: readonly Scope[];
  isOnlyOwner: boolean;
  changeRole: (memberId: string, input: { role: RoleId | null; tenantId: string | null }) => Promise<Outcome<object>>;
  onChanged: () => void;
}

interface RoleDialogProps extends RoleFormProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RoleDialog({ open, onOpenChange, ...form }: RoleDialogProps) {
  const text = useText();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("Change the role of {name}", { name: form.member.name })}
      description={text(
        "It counts from their next click. Roles add up: one in the whole organization counts in every tenant.",
      )}
      keepOnOutsidePress
    >
      {/* Mounted only while open, so every opening starts from how things are. */}
      <RoleForm {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

const none = "none";
const wholeOrganization = "organization";
type Choice = RoleId | typeof none;

function RoleForm(props: RoleFormProps & { onCancel: () => void }) {
  const text = useText();
  const { member, tenants, heldScopes, isOnlyOwner, changeRole, onChanged, onCancel } = props;
  const form = useRef<HTMLFormElement>(null);
  const [place, setPlace] = useState(member.memberships[0]?.tenantId ?? wholeOrganization);
  const tenantId = place === wholeOrganization ? null : place;
  const current: Choice = roleIn(member, tenantId);
  const [choice, setChoice] = useState<Choice>(current);
  const { confirmed, prompt } = useReauthentication();
  const { pending, failure, submit, clear } = useSubmission({
    send: (input: { role: RoleId | null; tenantId: string | null }) => confirmed(() => changeRole(member.id, input)),
    onDone: onChanged,
    onFailed: () => focusFirstError(form.current),
    lost: text(
      "The server did not answer, so the role may or may not have changed. Look at the list before you try again.",
    ),
  });
  const keepsOwner =
    isOnlyOwner && isActiveOwner(member) && tenantId === null ? text.known(lastOwnerReason) : undefined;
  const onlyRole =
    member.memberships.length === 1 ? text("It is their only role. Remove the member instead.") : undefined;

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (choice !== current) submit({ role: choice === none ? null : choice, tenantId });
  }

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-5">
          <FailureBanner title={text("The role was not changed")} failure={failure} />
          <Field label={text("Where")}>
            <Select
              options={[
                { value: wholeOrganization, label: text("Whole organization") },
                ...tenants.map((tenant) => ({
                  value: tenant.id,
                  label: text("Only {tenant}", { tenant: tenant.name }),
                })),
              ]}
              value={place}
              onValueChange={(next) => {
                setPlace(next);
                setChoice(roleIn(member, next === wholeOrganization ? null : next));
                clear();
              }}
            />
          </Field>
          <RadioCards<Choice>
            legend={
              tenantId === null
                ? text("Role in the whole organization")
                : text("Role in {tenant}", { tenant: placeName(tenantId, tenants, text) })
            }
            options={[
              ...roleCards(heldScopes, text).map((card) => ({
                ...card,
                disabledReason: card.value === current ? undefined : (card.disabledReason ?? keepsOwner),
              })),
              {
                value: none,
                label: text("No role"),
                description: text("What they may do elsewhere stays."),
                disabledReason: current === none ? undefined : (keepsOwner ?? onlyRole),
              },
            ]}
            value={choice}
            onValueChange={(next) => {
              setChoice(next);
              clear();
            }}
          />
        </div>
      </OverlayBody>
      {prompt}
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The role is being changed") : undefined}>
          {text("Cancel")}
        </Button>
        <Button
          type="submit"
          variant="primary"
          pending={pending}
          pendingLabel={text("Changing…")}
          disabledReason={choice === current ? text("This is how it is now; choose another role") : undefined}
        >
          {text("Change role")}
        </Button>
      </OverlayFooter>
    </form>
  );
}

function roleIn(member: MemberView, tenantId: string | null): Choice {
  return member.memberships.find((membership) => membership.tenantId === tenantId)?.role ?? none;
}
