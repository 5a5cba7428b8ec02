"use client";

import { clsx } from "clsx";
import { KeyRound, Plus } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import { type IssuedSecret, SecretDrawer } from "@/components/tokens/secret-drawer";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterSelect } from "@/components/ui/filter-select";
import { PageNav } from "@/components/ui/page-nav";
import type { Outcome } from "@/components/ui/use-submission";
import type { TokenView } from "@/lib/tokens/schema";
import { CreatePersonalTokenDialog, type CreatePersonalTokenFormProps } from "./create-personal-token-dialog";
import { personalTokenParams } from "./personal-token-params";
import { PersonalTokenTable } from "./personal-token-table";

interface PersonalTokensPanelProps {
  tokens: readonly TokenView[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** Whether the user ever had one, whatever its status. */
  anyTokens: boolean;
  /** The server's time of rendering, RFC 3339. */
  now: string;
  /** Where the API is, for the ready-made curl command. */
  origin: string;
  create: CreatePersonalTokenFormProps["create"];
  revoke: (tokenId: string) => Promise<Outcome<object>>;
}

/** Profile → Personal tokens. The new secret is held here, and only while its drawer is open. */
export function PersonalTokensPanel(props: PersonalTokensPanelProps) {
  const text = useText();
  const { tokens, nextCursor, previousCursor, anyTokens, now, origin, create, revoke } = props;
  const createButton = useRef<HTMLButtonElement>(null);
  const [loading, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(personalTokenParams, {
    shallow: false,
    history: "push",
    startTransition,
  });
  const [creating, setCreating] = useState(false);
  const [issued, setIssued] = useState<IssuedSecret | null>(null);
  // The token stays while the dialog fades out, so that its text does not change under the reader.
  const [revoking, setRevoking] = useState<{ open: boolean; token: TokenView } | null>(null);
  const closeRevoke = () => setRevoking((before) => before && { ...before, open: false });

  return (
    <section aria-label={text("Personal tokens")} aria-busy={loading} className="@container">
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-lg font-semibold tracking-tight">{text("Personal tokens")}</h2>
          <p className="mt-0.5 max-w-2xl text-muted">
            {text(
              "For your own scripts: a token acts as you, with the rights you have at each moment, in the organization that the call names. It ends with a change of your password. For services, use a tenant's API tokens.",
            )}
          </p>
        </div>
        {anyTokens && (
          <Button ref={createButton} variant="primary" className="max-sm:w-full" onClick={() => setCreating(true)}>
            <Plus aria-hidden="true" />
            {text("Create token")}
          </Button>
        )}
      </div>
      {anyTokens && (
        <FilterSelect
          aria-label={text("Status")}
          prefix={text("Status")}
          options={[
            { value: "working", label: text("Working") },
            { value: "all", label: text("All") },
          ]}
          value={params.status}
          onValueChange={(status) => void setParams({ status, cursor: null })}
          className="mb-3 @xl:max-w-44"
        />
      )}
      <div
        className={clsx(
          "overflow-hidden rounded-xl border bg-surface transition-opacity duration-150",
          loading && "opacity-55",
        )}
      >
        {tokens.length > 0 ? (
          <PersonalTokenTable tokens={tokens} now={now} onRevoke={(token) => setRevoking({ open: true, token })} />
        ) : anyTokens ? (
          <EmptyState
            icon={<KeyRound />}
            title={text("No working tokens")}
            text={text("Every personal token of yours has expired or been revoked.")}
            action={
              <Button onClick={() => void setParams({ status: "all", cursor: null })}>{text("Show all tokens")}</Button>
            }
          />
        ) : (
          <EmptyState
            icon={<KeyRound />}
            title={text("No personal tokens yet")}
            text={text("With one, a script of yours calls the API as you, without your password.")}
            action={
              <Button ref={createButton} variant="primary" onClick={() => setCreating(true)}>
                {text("Create token")}
              </Button>
            }
          />
        )}
      </div>
      <PageNav
        label={text("Pages of tokens")}
        previousCursor={previousCursor}
        nextCursor={nextCursor}
        onCursorChange={(cursor) => void setParams({ cursor })}
      />
      <CreatePersonalTokenDialog
        open={creating}
        onOpenChange={setCreating}
        create={create}
        onCreated={({ token, secret }) => {
          setCreating(false);
          setIssued({ tokenId: token.id, name: token.name, secret });
        }}
        // After a success the drawer is open already, and focus belongs in there.
        finalFocus={() => (issued === null ? createButton.current : false)}
      />
      <SecretDrawer issued={issued} origin={origin} onClose={() => setIssued(null)} finalFocus={createButton} />
      {revoking !== null && (
        <ConfirmDialog
          open={revoking.open}
          onOpenChange={closeRevoke}
          title={text("Revoke “{name}”?", { name: revoking.token.name })}
          description={text("Calls with this token are refused from this moment. This cannot be undone.")}
          confirmLabel={text("Revoke token")}
          pendingLabel={text("Revoking…")}
          failureTitle={text("Not revoked")}
          lost={text(
            "The server did not answer, so the token may still work. Check its status in the list, then try again.",
          )}
          confirm={() => revoke(revoking.token.id)}
          onDone={() => {
            closeRevoke();
            toast.success(text("Revoked “{name}”", { name: revoking.token.name }));
          }}
        />
      )}
    </section>
  );
}
