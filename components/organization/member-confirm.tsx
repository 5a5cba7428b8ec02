"use client";

import { toast } from "sonner";
import { useText } from "#text";
import { useReauthentication } from "@/components/account/reauthenticate-dialog";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Outcome } from "@/components/ui/use-submission";
import type { MemberView } from "@/lib/members/schema";

export interface MemberActions {
  setDisabled: (memberId: string, disabled: boolean) => Promise<Outcome<object>>;
  remove: (memberId: string) => Promise<Outcome<object>>;
  resetPassword: (memberId: string) => Promise<Outcome<{ password: string }>>;
}

interface MemberConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  action: "password" | "disable" | "enable" | "remove";
  member: MemberView;
  organizationName: string;
  actions: MemberActions;
  /** With the new password, when there is one. */
  onDone: (password: string | null) => void;
}

/** Asks before a member is disabled, enabled, removed or given a new password. */
export function MemberConfirm({ action, member, organizationName, actions, onDone, ...dialog }: MemberConfirmProps) {
  const text = useText();
  const { id, name } = member;
  const { confirmed, prompt } = useReauthentication();
  const lost = text(
    "The server did not answer, so it may or may not have been done. Look at the list before you try again.",
  );
  const said = (message: string) => () => {
    onDone(null);
    toast.success(message);
  };
  switch (action) {
    case "password":
      return (
        <ConfirmDialog
          {...dialog}
          title={text("Reset the password of {name}?", { name })}
          description={text(
            "They get a new password, which you pass on. Their sessions and personal tokens end at once.",
          )}
          confirmLabel={text("Reset password")}
          pendingLabel={text("Resetting…")}
          failureTitle={text("The password was not reset")}
          lost={lost}
          confirm={() => confirmed(() => actions.resetPassword(id))}
          onDone={({ password }) => onDone(password)}
        >
          {prompt}
        </ConfirmDialog>
      );
    case "disable":
      return (
        <ConfirmDialog
          {...dialog}
          title={text("Disable {name}?", { name })}
          description={text(
            "They are signed out and their personal tokens stop working at once, for good. Their roles stay, and API tokens they created keep their data scopes.",
          )}
          confirmLabel={text("Disable account")}
          pendingLabel={text("Disabling…")}
          failureTitle={text("The account was not disabled")}
          lost={lost}
          confirm={() => actions.setDisabled(id, true)}
          onDone={said(text("Disabled {name}", { name }))}
        />
      );
    case "enable":
      return (
        <ConfirmDialog
          {...dialog}
          title={text("Enable {name}?", { name })}
          description={text("They can sign in again, with the roles they have. Personal tokens from before stay dead.")}
          tone="primary"
          confirmLabel={text("Enable account")}
          pendingLabel={text("Enabling…")}
          failureTitle={text("The account was not enabled")}
          lost={lost}
          confirm={() => actions.setDisabled(id, false)}
          onDone={said(text("Enabled {name}", { name }))}
        />
      );
    case "remove":
      return (
        <ConfirmDialog
          {...dialog}
          title={text("Remove {name} from {organization}?", { name, organization: organizationName })}
          description={text(
            "They lose every role here and in its tenants at once. Their account stays, and API tokens they created keep their data scopes.",
          )}
          confirmLabel={text("Remove member")}
          pendingLabel={text("Removing…")}
          failureTitle={text("The member was not removed")}
          lost={lost}
          confirm={() => actions.remove(id)}
          onDone={said(text("Removed {name}", { name }))}
        />
      );
  }
}
