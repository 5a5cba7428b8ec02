"use client";

import { clsx } from "clsx";
import { SearchX, UserPlus } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageNav } from "@/components/ui/page-nav";
import { SearchInput } from "@/components/ui/search-input";
import { ShowOnceDrawer } from "@/components/ui/show-once-drawer";
import type { Scope } from "@/lib/access/scopes";
import type { MemberView } from "@/lib/members/schema";
import { AddMemberDialog, type AddMemberFormProps } from "./add-member-dialog";
import { type MemberActions, MemberConfirm } from "./member-confirm";
import { memberParams } from "./member-params";
import type { NamedTenant } from "./member-wording";
import { type MemberAction, MembersTable } from "./members-table";
import { RoleDialog, type RoleFormProps } from "./role-dialog";

interface MembersPanelProps {
  organizationName: string;
  tenants: readonly NamedTenant[];
  members: readonly MemberView[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** The server's time of rendering, RFC 3339. */
  now: string;
  currentUserId: string;
  /** What the user may do throughout the organization: the most they can pass on. */
  heldScopes: readonly Scope[];
  isOnlyOwner: boolean;
  readOnlyReason: string | undefined;
  add: AddMemberFormProps["add"];
  changeRole: RoleFormProps["changeRole"];
  actions: MemberActions;
}

/** Organization settings → Members. A generated password is held here, and only while its drawer is open. */
export function MembersPanel(props: MembersPanelProps) {
  const text = useText();
  const { organizationName, tenants, members, nextCursor, previousCursor, heldScopes, isOnlyOwner } = props;
  const addButton = useRef<HTMLButtonElement>(null);
  const [loading, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(memberParams, { shallow: false, history: "push", startTransition });
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<{ name: string; email: string; password: string } | null>(null);
  // The member stays while a dialog fades out, so that its text does not change under the reader.
  const [chosen, setChosen] = useState<{ open: boolean; action: MemberAction; member: MemberView } | null>(null);
  const close = () => setChosen((before) => before && { ...before, open: false });

  return (
    <section aria-label={text("Members")} aria-busy={loading} className="@container">
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-lg font-semibold tracking-tight">{text("Members")}</h2>
          <p className="mt-0.5 text-muted">
            {text("The people of {organization}, and what each may do where.", { organization: organizationName })}
          </p>
        </div>
        <Button
          ref={addButton}
          variant="primary"
          className="max-sm:w-full"
          onClick={() => setAdding(true)}
          disabledReason={props.readOnlyReason}
        >
          <UserPlus aria-hidden="true" />
          {text("Add member")}
        </Button>
      </div>
      <SearchInput
        label={text("Search members")}
        placeholder={text("Search by name or e-mail")}
        value={params.q}
        onValueChange={(q) =>
          void setParams(
            { q, cursor: null },
            { history: "replace", ...(q !== "" && { limitUrlUpdates: debounce(searchDelayMs) }) },
          )
        }
        className="mb-3 w-full @xl:w-72"
      />
      <p role="status" className="sr-only">
        {loading
          ? text("Loading members")
          : text("{count, plural, one {# member} other {# members}} shown", { count: members.length })}
      </p>
      <div
        className={clsx(
          "overflow-hidden rounded-xl border bg-surface transition-opacity duration-150",
          loading && "opacity-55",
        )}
      >
        {members.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title={text("No members match")}
            text={text("Nobody here has “{query}” in their name or e-mail address.", { query: params.q })}
            action={<Button onClick={() => void setParams({ q: null, cursor: null })}>{text("Clear search")}</Button>}
          />
        ) : (
          <MembersTable
            members={members}
            tenants={tenants}
            now={props.now}
            currentUserId={props.currentUserId}
            heldScopes={heldScopes}
            isOnlyOwner={isOnlyOwner}
            readOnlyReason={props.readOnlyReason}
            onAction={(action, member) => setChosen({ open: true, action, member })}
          />
        )}
      </div>
      <PageNav
        label={text("Pages of members")}
        previousCursor={previousCursor}
        nextCursor={nextCursor}
        onCursorChange={(cursor) => void setParams({ cursor })}
      />
      <AddMemberDialog
        open={adding}
        onOpenChange={setAdding}
        organizationName={organizationName}
        tenants={tenants}
        heldScopes={heldScopes}
        add={props.add}
        onAdded={({ user, password }) => {
          setAdding(false);
          if (password === null)
            toast.success(text("Added {name}", { name: user.name }), { description: text("They sign in as before.") });
          else setIssued({ name: user.name, email: user.email, password });
        }}
        // After a success the drawer may be open already, and focus belongs in there.
        finalFocus={() => (issued === null ? addButton.current : false)}
      />
      <ShowOnceDrawer
        value={issued?.password ?? null}
        noun="password"
        title={text("Pass on the password")}
        description={issued && text("For {name}, who signs in as {email}.", { name: issued.name, email: issued.email })}
        warning={text(
          "Send it to them in a way that only they can read. It cannot be shown again; if it is lost, reset it.",
        )}
        onClose={() => setIssued(null)}
        finalFocus={addButton}
      >
        <p className="text-muted">{text("They can choose a password of their own under Profile, Account.")}</p>
      </ShowOnceDrawer>
      {chosen?.action === "role" && (
        <RoleDialog
          open={chosen.open}
          onOpenChange={close}
          member={chosen.member}
          tenants={tenants}
          heldScopes={heldScopes}
          isOnlyOwner={isOnlyOwner}
          changeRole={props.changeRole}
          onChanged={() => {
            close();
            toast.success(text("Changed the role of {name}", { name: chosen.member.name }));
          }}
        />
      )}
      {chosen !== null && chosen.action !== "role" && (
        <MemberConfirm
          open={chosen.open}
          onOpenChange={close}
          action={chosen.action}
          member={chosen.member}
          organizationName={organizationName}
          actions={props.actions}
          onDone={(password) => {
            close();
            const { name, email } = chosen.member;
            if (password !== null) setIssued({ name, email, password });
          }}
        />
      )}
    </section>
  );
}

const searchDelayMs = 300;
