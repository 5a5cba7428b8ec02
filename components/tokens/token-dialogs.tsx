"use client";

import { useRouter } from "next/navigation";
import type { RefObject } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import type { TokenView } from "@/lib/tokens/schema";
import { announceRevocation } from "./announce-revocation";
import type { CreateLink } from "./create-link-params";
import { CreateTokenDialog } from "./create-token-dialog";
import type { CreateTokenFormProps } from "./create-token-form";
import { PurgeDialog } from "./details/purge-dialog";
import { EditTokenDialog } from "./edit-token-dialog";
import type { EditTokenFormProps } from "./edit-token-form";
import type { CheckFirstUse } from "./first-use";
import { RevokeDialog } from "./revoke-dialog";
import type { RevokeTokens } from "./revoke-form";
import { RotateDialog } from "./rotate-dialog";
import type { RotateFormProps } from "./rotate-form";
import { type IssuedSecret, SecretDrawer } from "./secret-drawer";
import type { TokenTemplate } from "./token-draft";
import type { TokenIntent } from "./token-row-menu";

/** What the page gives the dialogs. */
export interface TokenDialogsProps
  extends Pick<
    CreateTokenFormProps,
    "context" | "permissionSets" | "resources" | "datasets" | "pipelines" | "policy" | "create"
  > {
  /** Where the API is, for the ready-made curl command. */
  origin: string;
  rotate: RotateFormProps["rotate"];
  update: EditTokenFormProps["update"];
  revoke: RevokeTokens;
  purge: Parameters<typeof PurgeDialog>[0]["purge"];
  checkFirstUse: CheckFirstUse;
}

interface TokenDialogsState {
  creating: { open: boolean; initial: TokenTemplate | CreateLink | null };
  /** The token stays while its dialog fades out, so that its text does not change under the reader. */
  acting: { intent: TokenIntent | null; token: TokenView | null };
  issued: IssuedSecret | null;
  createButton: RefObject<HTMLButtonElement | null>;
  onCreateClose: () => Promise<unknown>;
  onActClose: (token: TokenView | null) => void;
  onCopySettings: (token: TokenView) => void;
  onIssued: (issued: IssuedSecret | null) => void;
}

/** Everything that opens over the table of tokens; loaded together, so that a new secret's drawer is there in time. */
export function TokenDialogs(props: TokenDialogsProps & TokenDialogsState) {
  const { context, permissionSets, resources, datasets, pipelines, policy, create, origin, rotate } = props;
  const { update, revoke, purge, checkFirstUse, creating, acting, issued, createButton } = props;
  const { onCreateClose, onCopySettings, onIssued } = props;
  const text = useText();
  const router = useRouter();
  const stopActing = () => props.onActClose(acting.token);
  return (
    <>
      <CreateTokenDialog
        open={creating.open}
        onOpenChange={() => void onCreateClose()}
        initial={creating.initial}
        context={context}
        permissionSets={permissionSets}
        resources={resources}
        datasets={datasets}
        pipelines={pipelines}
        policy={policy}
        create={create}
        onCreated={async ({ token, secret }) => {
          // The link leaves the address before the drawer adds to the history, or going back would lead to it again.
          await onCreateClose();
          onIssued({ tokenId: token.id, name: token.name, secret });
        }}
        // After a success the drawer is open already, and focus belongs in there.
        finalFocus={() => (issued === null ? createButton.current : false)}
      />
      <SecretDrawer
        issued={issued}
        origin={origin}
        checkFirstUse={checkFirstUse}
        onClose={() => onIssued(null)}
        finalFocus={createButton}
      />
      <EditTokenDialog
        open={acting.intent === "edit"}
        token={acting.token}
        onOpenChange={stopActing}
        datasets={datasets}
        pipelines={pipelines}
        update={update}
        onUpdated={({ name }) => {
          stopActing();
          toast.success(text("Saved “{name}”", { name }));
        }}
        onDuplicate={() => {
          stopActing();
          if (acting.token) onCopySettings(acting.token);
        }}
      />
      <RotateDialog
        open={acting.intent === "rotate"}
        token={acting.token}
        onOpenChange={stopActing}
        rotate={rotate}
        onRotated={({ token, secret }) => {
          stopActing();
          onIssued({ tokenId: token.id, name: token.name, secret });
        }}
      />
      <RevokeDialog
        open={acting.intent === "revoke"}
        token={acting.token}
        onOpenChange={stopActing}
        revoke={revoke}
        onRevoked={({ outcome }) => {
          stopActing();
          announceRevocation(outcome, acting.token?.name ?? "", text);
        }}
      />
      {acting.token !== null && (
        <PurgeDialog
          open={acting.intent === "purge"}
          token={acting.token}
          onOpenChange={stopActing}
          purge={purge}
          onPurged={() => {
            stopActing();
            router.refresh();
            toast.success(text("Deleted “{name}” from the list", { name: acting.token?.name ?? "" }));
          }}
        />
      )}
    </>
  );
}
