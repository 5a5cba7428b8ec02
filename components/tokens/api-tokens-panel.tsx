"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { toast } from "sonner";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { isWorking, type TokenView } from "@/lib/tokens/schema";
import { announceRevocation } from "./announce-revocation";
import { CreateTokenDialog } from "./create-token-dialog";
import type { CreateTokenFormProps } from "./create-token-form";
import { PurgeDialog } from "./details/purge-dialog";
import { EditTokenDialog } from "./edit-token-dialog";
import type { EditTokenFormProps } from "./edit-token-form";
import type { CheckFirstUse } from "./first-use";
import { reasonAgainst } from "./permission";
import { RevokeDialog } from "./revoke-dialog";
import { RotateDialog } from "./rotate-dialog";
import type { RotateFormProps } from "./rotate-form";
import { type IssuedSecret, SecretDrawer } from "./secret-drawer";
import type { TokenTemplate } from "./token-draft";
import type { TokenIntent } from "./token-row-menu";
import { TokenTable, type TokenTableProps } from "./token-table";
import { useCreateLink } from "./use-create-link";

interface ApiTokensPanelProps
  extends Pick<
      CreateTokenFormProps,
      "context" | "permissionSets" | "resources" | "datasets" | "pipelines" | "policy" | "create"
    >,
    TokenTableProps {
  /** Set when the organization's plan has no programmatic access. */
  planNotice: string | null;
  /** Where the API is, for the ready-made curl command. */
  origin: string;
  rotate: RotateFormProps["rotate"];
  update: EditTokenFormProps["update"];
  purge: Parameters<typeof PurgeDialog>[0]["purge"];
  checkFirstUse: CheckFirstUse;
  /** The way in for someone who found a secret. */
  foundToken: ReactNode;
  /** Told above the table. */
  banner: ReactNode;
}

/** Tenant settings → API tokens. The new secret is held here, and only while its drawer is open. */
export function ApiTokensPanel({
  context,
  permissionSets,
  resources,
  datasets,
  pipelines,
  policy,
  create,
  origin,
  rotate,
  update,
  purge,
  checkFirstUse,
  planNotice,
  foundToken,
  banner,
  ...table
}: ApiTokensPanelProps) {
  const { canCreate, revoke } = table;
  const router = useRouter();
  const createButton = useRef<HTMLButtonElement>(null);
  const { link, clear: clearLink } = useCreateLink();
  const [creating, setCreating] = useState<{ open: boolean; initial: TokenTemplate | null }>({
    open: false,
    initial: null,
  });
  const [issued, setIssued] = useState<IssuedSecret | null>(null);
  // The token stays while its dialog fades out, so that its text does not change under the reader.
  const [acting, setActing] = useState<{ intent: TokenIntent | null; token: TokenView | null }>({
    intent: null,
    token: null,
  });
  const openCreate = useCallback(() => setCreating({ open: true, initial: null }), []);
  const copySettings = useCallback((token: TokenView) => {
    const purpose = isWorking(token.status) ? "duplicate" : "replacement";
    setCreating({ open: true, initial: { token, purpose } });
  }, []);
  const act = useCallback(
    (intent: TokenIntent, token: TokenView) =>
      intent === "copySettings" ? copySettings(token) : setActing({ intent, token }),
    [copySettings],
  );
  const stopActing = () => setActing(({ token }) => ({ intent: null, token }));
  const stopCreating = () => setCreating(({ initial }) => ({ open: false, initial }));

  return (
    <div>
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-lg font-semibold tracking-tight">API tokens</h2>
          <p className="mt-0.5 text-muted">
            Programs call the API of {context.organizationName} / {context.tenantName} with these tokens.{" "}
            <TextLink href="/docs">Docs</TextLink>
          </p>
          {!canCreate.allowed && <p className="mt-1 text-muted sm:hidden">{canCreate.reason}</p>}
        </div>
        <div className="flex flex-wrap-reverse gap-2 max-sm:w-full">
          {foundToken}
          {/* Without any token the empty state offers the same, and one way is enough. */}
          {table.anyTokens && (
            <Button
              ref={createButton}
              variant="primary"
              className="max-sm:w-full"
              onClick={openCreate}
              disabledReason={reasonAgainst(canCreate)}
            >
              <Plus aria-hidden="true" />
              Create token
            </Button>
          )}
        </div>
      </div>
      {planNotice !== null && (
        <Banner tone="warning" title="Programs have no access under this plan" className="mb-5">
          {planNotice}
        </Banner>
      )}
      {link !== null && !canCreate.allowed && (
        <Banner
          tone="warning"
          title="This link is for creating a token, which you can't do here"
          action={
            <Button size="sm" onClick={() => void clearLink()}>
              Dismiss
            </Button>
          }
          className="mb-5"
        >
          {canCreate.reason}
        </Banner>
      )}
      {banner}
      <TokenTable {...table} onCreate={openCreate} onIntent={act} />
      <CreateTokenDialog
        open={creating.open || (link !== null && canCreate.allowed)}
        onOpenChange={() => {
          stopCreating();
          void clearLink();
        }}
        initial={creating.open ? creating.initial : (link ?? creating.initial)}
        context={context}
        permissionSets={permissionSets}
        resources={resources}
        datasets={datasets}
        pipelines={pipelines}
        policy={policy}
        create={create}
        onCreated={async ({ token, secret }) => {
          // Out of the address before the drawer adds to the history, or going back would lead to the link again.
          if (link !== null) await clearLink();
          stopCreating();
          setIssued({ tokenId: token.id, name: token.name, secret });
        }}
        // After a success the drawer is open already, and focus belongs in there.
        finalFocus={() => (issued === null ? createButton.current : false)}
      />
      <SecretDrawer
        issued={issued}
        origin={origin}
        checkFirstUse={checkFirstUse}
        onClose={() => setIssued(null)}
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
          toast.success(`Saved “${name}”`);
        }}
        onDuplicate={() => {
          stopActing();
          if (acting.token) copySettings(acting.token);
        }}
      />
      <RotateDialog
        open={acting.intent === "rotate"}
        token={acting.token}
        onOpenChange={stopActing}
        rotate={rotate}
        onRotated={({ token, secret }) => {
          stopActing();
          setIssued({ tokenId: token.id, name: token.name, secret });
        }}
      />
      <RevokeDialog
        open={acting.intent === "revoke"}
        token={acting.token}
        onOpenChange={stopActing}
        revoke={revoke}
        onRevoked={({ outcome }) => {
          stopActing();
          announceRevocation(outcome, acting.token?.name ?? "");
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
            toast.success(`Deleted “${acting.token?.name ?? ""}” from the list`);
          }}
        />
      )}
    </div>
  );
}
