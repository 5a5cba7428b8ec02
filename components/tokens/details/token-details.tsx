"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import type { TokenView } from "@/lib/tokens/schema";
import type { TokenUsage } from "@/lib/tokens/usage-schema";
import { isWorking } from "@/lib/tokens/vocabulary";
import { announceRevocation } from "../announce-revocation";
import { CreateTokenDialog } from "../create-token-dialog";
import type { CreateTokenFormProps, NamedResource } from "../create-token-form";
import { EditTokenDialog } from "../edit-token-dialog";
import type { EditTokenFormProps } from "../edit-token-form";
import type { CheckFirstUse } from "../first-use";
import { RevokeDialog } from "../revoke-dialog";
import type { RevokeTokens } from "../revoke-form";
import { RotateDialog } from "../rotate-dialog";
import type { RotateFormProps } from "../rotate-form";
import { type IssuedSecret, SecretDrawer } from "../secret-drawer";
import type { TokenTemplate } from "../token-draft";
import { FinishRotationDialog } from "./finish-rotation-dialog";
import { HistoryCard, type HistoryCardProps } from "./history-card";
import { NarrowDialog } from "./narrow-dialog";
import { PurgeDialog, type PurgeDialogProps } from "./purge-dialog";
import { type LinkedToken, RotationCard } from "./rotation-card";
import { ScopesCard } from "./scopes-card";
import { reasonsAgainst, type TokenRights } from "./token-actions";
import { TokenHeader } from "./token-header";
import { TokenOverview } from "./token-overview";
import { TokenStateBanner } from "./token-state-banner";
import { UsageCard } from "./usage-card";

interface TokenDetailsProps {
  token: TokenView;
  usage: TokenUsage;
  limitNames: { datasets: readonly NamedResource[]; pipelines: readonly NamedResource[] };
  /** The token it was rotated from, and the one it was rotated to. */
  predecessor: LinkedToken | null;
  successor: LinkedToken | null;
  history: Pick<HistoryCardProps, "events" | "known" | "auditHref">;
  rights: TokenRights;
  /** What a new token can be given here. */
  creation: Omit<CreateTokenFormProps, "initial" | "create" | "onCreated" | "onCancel">;
  actions: {
    create: CreateTokenFormProps["create"];
    rotate: RotateFormProps["rotate"];
    revoke: RevokeTokens;
    update: EditTokenFormProps["update"];
    purge: PurgeDialogProps["purge"];
    checkFirstUse: CheckFirstUse;
  };
  /** The tenant's API tokens. */
  listHref: string;
  /** Where the API is, for the ready-made curl command. */
  origin: string;
  /** The server's time of rendering, RFC 3339. */
  now: string;
}

type Dialog =
  | { kind: "edit" | "rotate" | "revoke" | "narrow" | "purge" }
  | { kind: "create"; template: TokenTemplate }
  | { kind: "finish"; old: TokenView; next: TokenView };

/** All there is to know of one token, and all that can be done with it. */
export function TokenDetails(props: TokenDetailsProps) {
  const text = useText();
  const { token, usage, limitNames, predecessor, successor, history, rights, creation, actions } = props;
  const { listHref, origin, now } = props;
  const router = useRouter();
  const menuButton = useRef<HTMLButtonElement>(null);
  const [refreshing, startRefresh] = useTransition();
  const [issued, setIssued] = useState<IssuedSecret | null>(null);
  // What is in it stays while a dialog fades out, so that its text does not change under the reader.
  const [dialog, setDialog] = useState<{ open: boolean; shown: Dialog | null }>({ open: false, shown: null });
  const { shown } = dialog;
  const reasons = reasonsAgainst(token, rights, text);
  const unusedScopes = usage.advice.unusedScopes ?? [];
  const here: LinkedToken = { token, href: null };
  const rotations = [
    ...(successor === null ? [] : [{ old: here, next: successor }]),
    ...(predecessor === null ? [] : [{ old: predecessor, next: here }]),
  ];

  const show = (next: Dialog) => setDialog({ open: true, shown: next });
  const close = () => setDialog({ open: false, shown });
  const isOpen = (kind: Dialog["kind"]) => dialog.open && shown?.kind === kind;
  const create = (template: Omit<TokenTemplate, "token">) => show({ kind: "create", template: { token, ...template } });
  const issue = ({ token: { id, name }, secret }: { token: TokenView; secret: string }) => {
    close();
    setIssued({ tokenId: id, name, secret });
  };

  return (
    <div className="grid gap-4">
      <TokenHeader
        token={token}
        reasons={reasons}
        onEdit={() => show({ kind: "edit" })}
        onRotate={() => show({ kind: "rotate" })}
        onRevoke={() => show({ kind: "revoke" })}
        onCopySettings={() => create({ purpose: isWorking(token.status) ? "duplicate" : "replacement" })}
        onPurge={() => show({ kind: "purge" })}
        menuButton={menuButton}
      />
      <TokenStateBanner token={token} now={now} />
      {rotations.map(({ old, next }, index) => (
        <RotationCard
          key={old.token.id}
          isEarlier={index > 0}
          old={old}
          next={next}
          now={now}
          refreshing={refreshing}
          onRefresh={() => startRefresh(() => router.refresh())}
          onFinish={() => show({ kind: "finish", old: old.token, next: next.token })}
          cannotFinish={rights.canWrite.allowed ? undefined : rights.canWrite.reason}
        />
      ))}
      <TokenOverview token={token} now={now} limitNames={limitNames} />
      <div className="grid items-start gap-4 lg:grid-cols-5 lg:grid-rows-[auto_1fr]">
        <UsageCard usage={usage} className="lg:col-span-3" />
        <ScopesCard
          token={token}
          usage={usage}
          now={now}
          onNarrow={() => show({ kind: "narrow" })}
          onReplace={() =>
            create({ purpose: "replacement", scopes: token.scopes.filter((scope) => !unusedScopes.includes(scope)) })
          }
          onRevoke={() => show({ kind: "revoke" })}
          cannotChange={reasons.edit}
          cannotCreate={reasons.create}
          className="lg:col-span-2 lg:row-span-2"
        />
        <HistoryCard tokenName={token.name} now={now} {...history} className="lg:col-span-3" />
      </div>

      <EditTokenDialog
        open={isOpen("edit")}
        token={token}
        onOpenChange={close}
        datasets={creation.datasets}
        pipelines={creation.pipelines}
        update={actions.update}
        onUpdated={({ name }) => {
          close();
          toast.success(text("Saved “{name}”", { name }));
        }}
        onDuplicate={() => create({ purpose: "duplicate" })}
      />
      <RotateDialog
        open={isOpen("rotate")}
        token={token}
        onOpenChange={close}
        rotate={actions.rotate}
        onRotated={issue}
      />
      <RevokeDialog
        open={isOpen("revoke")}
        onOpenChange={close}
        token={token}
        revoke={actions.revoke}
        onRevoked={({ outcome }) => {
          close();
          announceRevocation(outcome, token.name, text);
        }}
      />
      <CreateTokenDialog
        {...creation}
        open={isOpen("create")}
        onOpenChange={close}
        initial={shown?.kind === "create" ? shown.template : null}
        create={actions.create}
        onCreated={issue}
      />
      <NarrowDialog
        open={isOpen("narrow")}
        onOpenChange={close}
        token={token}
        unusedScopes={unusedScopes}
        update={actions.update}
      />
      {shown?.kind === "finish" && (
        <FinishRotationDialog
          open={isOpen("finish")}
          onOpenChange={close}
          old={shown.old}
          next={shown.next}
          now={now}
          revoke={actions.revoke}
        />
      )}
      <PurgeDialog
        open={isOpen("purge")}
        onOpenChange={close}
        token={token}
        purge={actions.purge}
        onPurged={() => {
          router.push(listHref);
          toast.success(text("Deleted “{name}” from the list", { name: token.name }));
        }}
      />
      <SecretDrawer
        issued={issued}
        origin={origin}
        checkFirstUse={actions.checkFirstUse}
        onClose={() => setIssued(null)}
        finalFocus={menuButton}
      />
    </div>
  );
}
