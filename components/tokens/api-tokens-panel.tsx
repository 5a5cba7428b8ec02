"use client";

import { Plus } from "lucide-react";
import { type ReactNode, useCallback, useDeferredValue, useRef, useState } from "react";
import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { preload, useLazy } from "@/components/ui/use-lazy";
import type { TokenView } from "@/lib/tokens/schema";
import { isWorking } from "@/lib/tokens/vocabulary";
import { reasonAgainst } from "./permission";
import type { IssuedSecret } from "./secret-drawer";
import type { TokenDialogsProps } from "./token-dialogs";
import type { TokenTemplate } from "./token-draft";
import type { TokenIntent } from "./token-row-menu";
import { TokenTable, type TokenTableProps } from "./token-table";
import { useCreateLink } from "./use-create-link";

interface ApiTokensPanelProps extends TokenDialogsProps, TokenTableProps {
  /** Set when the organization's plan has no programmatic access. */
  planNotice: string | null;
  /** The way in for someone who found a secret. */
  foundToken: ReactNode;
  /** Told above the table. */
  banner: ReactNode;
}

/** Tenant settings → API Tokens. The new secret is held here, and only while its drawer is open. */
export function ApiTokensPanel(props: ApiTokensPanelProps) {
  const text = useText();
  const { context, canCreate, planNotice, foundToken, banner } = props;
  const createButton = useRef<HTMLButtonElement>(null);
  const { link, clear: clearLink } = useCreateLink();
  const [creating, setCreating] = useState<{ open: boolean; initial: TokenTemplate | null }>(closed);
  const [issued, setIssued] = useState<IssuedSecret | null>(null);
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
  // What is done with one token may end when another's dialog is open already.
  const stopActing = (done: TokenView | null) =>
    setActing((now) => (now.token === done ? { intent: null, token: now.token } : now));
  const stopCreating = () => {
    setCreating(({ initial }) => ({ open: false, initial }));
    return clearLink();
  };
  const isCreating = creating.open || (link !== null && canCreate.allowed);
  // A dialog's first drawing takes a while: the press shows before it. Closing is at once.
  const drawn = useDeferredValue(isCreating || acting.intent !== null);
  const Dialogs = useLazy(loadDialogs, isCreating || acting.intent !== null, () => {
    stopActing(acting.token);
    void stopCreating();
  });

  return (
    <div>
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-lg font-semibold tracking-tight">{text("API tokens")}</h2>
          <p className="mt-0.5 text-muted">
            {text.rich("Programs call the API of {organization} / {tenant} with these tokens. <link>Docs</link>", {
              organization: context.organizationName,
              tenant: context.tenantName,
              link: (content) => <TextLink href="/docs">{content}</TextLink>,
            })}
          </p>
          {!canCreate.allowed && <p className="mt-1 text-muted sm:hidden">{canCreate.reason}</p>}
        </div>
        <div className="flex flex-wrap-reverse gap-2 max-sm:w-full">
          {foundToken}
          {/* Without any token the empty state offers the same, and one way is enough. */}
          {props.anyTokens && (
            <Button
              ref={createButton}
              variant="primary"
              className="max-sm:w-full"
              onClick={openCreate}
              onPointerEnter={preloadDialogs}
              onFocus={preloadDialogs}
              pending={isCreating && Dialogs === null}
              disabledReason={reasonAgainst(canCreate)}
            >
              <Plus aria-hidden="true" />
              {text("Create token")}
            </Button>
          )}
        </div>
      </div>
      {planNotice !== null && (
        <Banner tone="warning" title={text("Programs have no access under this plan")} className="mb-5">
          {planNotice}
        </Banner>
      )}
      {link !== null && !canCreate.allowed && (
        <Banner
          tone="warning"
          title={text("This link is for creating a token, which you can't do here")}
          action={
            <Button size="sm" onClick={() => void clearLink()}>
              {text("Dismiss")}
            </Button>
          }
          className="mb-5"
        >
          {canCreate.reason}
        </Banner>
      )}
      {banner}
      <TokenTable {...props} onCreate={openCreate} onIntent={act} onApproach={preloadDialogs} />
      {Dialogs !== null && (
        <Dialogs
          {...props}
          creating={{
            open: isCreating && drawn,
            initial: creating.open ? creating.initial : (link ?? creating.initial),
          }}
          acting={drawn ? acting : { intent: null, token: acting.token }}
          issued={issued}
          createButton={createButton}
          onCreateClose={stopCreating}
          onActClose={stopActing}
          onCopySettings={copySettings}
          onIssued={setIssued}
        />
      )}
    </div>
  );
}

function preloadDialogs() {
  preload(loadDialogs);
}

const closed = { open: false, initial: null };

async function loadDialogs() {
  return (await import("./token-dialogs")).TokenDialogs;
}
