"use client";

import { Plus } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { toast } from "sonner";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import type { RevokeOutcome, TokenSort, TokenView } from "@/lib/tokens/schema";
import { CreateTokenDialog } from "./create-token-dialog";
import type { CreateTokenFormProps } from "./create-token-form";
import { type Permission, reasonAgainst } from "./permission";
import { RevokeDialog } from "./revoke-dialog";
import type { RevokeFormProps } from "./revoke-form";
import { RotateDialog } from "./rotate-dialog";
import type { RotateFormProps } from "./rotate-form";
import { SecretDrawer } from "./secret-drawer";
import type { SortOrder } from "./token-params";
import { TokenTable } from "./token-table";

interface ApiTokensPanelProps
  extends Pick<CreateTokenFormProps, "context" | "permissionSets" | "resources" | "datasets" | "pipelines" | "create"> {
  tokens: readonly TokenView[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  sort: TokenSort;
  order: SortOrder;
  nextCursor: string | null;
  previousCursor: string | null;
  /** Whether the tenant has any token at all, whatever its status. */
  anyTokens: boolean;
  /** Whether tokens may be issued here, by this user and under this plan. */
  canCreate: Permission;
  canWrite: Permission;
  /** Set when the organization's plan has no programmatic access. */
  planNotice: string | null;
  /** Where the API is, for the ready-made curl command. */
  origin: string;
  revoke: RevokeFormProps["revoke"];
  rotate: RotateFormProps["rotate"];
}

/** Tenant settings → API tokens. The new secret is held here, and only while its drawer is open. */
export function ApiTokensPanel({
  context,
  permissionSets,
  resources,
  datasets,
  pipelines,
  create,
  origin,
  revoke,
  rotate,
  canCreate,
  canWrite,
  planNotice,
  ...table
}: ApiTokensPanelProps) {
  const createButton = useRef<HTMLButtonElement>(null);
  const [creating, setCreating] = useState(false);
  const [issued, setIssued] = useState<{ name: string; secret: string } | null>(null);
  // The token stays while the dialog fades out, so that its text does not change under the reader.
  const [revoking, setRevoking] = useState<{ open: boolean; tokens: readonly TokenView[] }>({
    open: false,
    tokens: [],
  });
  const [rotating, setRotating] = useState<{ open: boolean; token: TokenView | null }>({ open: false, token: null });
  const openCreate = useCallback(() => setCreating(true), []);
  const openRevoke = useCallback((token: TokenView) => setRevoking({ open: true, tokens: [token] }), []);
  const openRotate = useCallback((token: TokenView) => setRotating({ open: true, token }), []);
  const closeRotate = () => setRotating(({ token }) => ({ open: false, token }));
  const closeRevoke = () => setRevoking(({ tokens }) => ({ open: false, tokens }));

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
      {planNotice !== null && (
        <Banner tone="warning" title="Programs have no access under this plan" className="mb-5">
          {planNotice}
        </Banner>
      )}
      <TokenTable
        {...table}
        canCreate={canCreate}
        canWrite={canWrite}
        onCreate={openCreate}
        onRevoke={openRevoke}
        onRotate={openRotate}
      />
      <CreateTokenDialog
        open={creating}
        onOpenChange={setCreating}
        context={context}
        permissionSets={permissionSets}
        resources={resources}
        datasets={datasets}
        pipelines={pipelines}
        create={create}
        onCreated={({ token, secret }) => {
          setCreating(false);
          setIssued({ name: token.name, secret });
        }}
        // After a success the drawer is open already, and focus belongs in there.
        finalFocus={() => (issued === null ? createButton.current : false)}
      />
      <SecretDrawer issued={issued} origin={origin} onClose={() => setIssued(null)} finalFocus={createButton} />
      <RotateDialog
        open={rotating.open}
        token={rotating.token}
        onOpenChange={closeRotate}
        rotate={rotate}
        onRotated={({ token, secret }) => {
          closeRotate();
          setIssued({ name: token.name, secret });
        }}
      />
      <RevokeDialog
        open={revoking.open}
        onOpenChange={closeRevoke}
        tokens={revoking.tokens}
        revoke={revoke}
        onRevoked={(results) => {
          closeRevoke();
          for (const { id, outcome } of results) announce(outcome, nameOf(id, revoking.tokens));
        }}
      />
    </div>
  );
}

function nameOf(id: string, tokens: readonly TokenView[]): string {
  return tokens.find((token) => token.id === id)?.name ?? id;
}

function announce(outcome: RevokeOutcome, name: string) {
  if (outcome === "revoked") toast.success(`Revoked “${name}”`);
  else if (outcome === "already_revoked") toast.info(`“${name}” was already revoked`);
  else toast.error(`“${name}” no longer exists`, { description: "It was removed before it could be revoked." });
}
