"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "#text";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { FailureBanner } from "@/components/ui/failure-banner";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { Skeleton } from "@/components/ui/skeleton";
import { type Outcome, useSubmission } from "@/components/ui/use-submission";
import type { RevokeRow, TokenSelection } from "@/lib/tokens/schema";
import { BulkRevokeForm } from "./bulk-revoke-form";
import { BulkRevokeSummary } from "./bulk-revoke-summary";
import type { RevokeTokens } from "./revoke-form";

/** The server action that says what revoking would do. */
export type PreviewRevocation = (selection: TokenSelection) => Promise<Outcome<{ results: readonly RevokeRow[] }>>;

export interface BulkTarget {
  selection: TokenSelection;
  /** Ids that the selection names and that are to be left alone. */
  except: readonly string[];
}

interface BulkRevokeDialogProps extends Omit<BulkRevokeStepsProps, "onClose" | "onRevokedChange"> {
  open: boolean;
  /** Called on closing, with whether anything was revoked. */
  onClose: (revoked: boolean) => void;
  /** Where focus goes once something was revoked: what opened the dialog is gone then. */
  finalFocus: () => HTMLElement | null;
}

/** Revokes many tokens: first what would be hit, then why and how many, then what became of each. */
export function BulkRevokeDialog({ open, onClose, finalFocus, revoke, ...steps }: BulkRevokeDialogProps) {
  const text = useText();
  const [revoked, setRevoked] = useState(false);
  const [busy, setBusy] = useState(false);
  const close = () => onClose(revoked);
  return (
    <AlertDialog
      open={open}
      // What is under way cannot be stopped, so the dialog stays to tell what came of it.
      onOpenChange={() => {
        if (!busy) close();
      }}
      title={revoked ? text("Tokens revoked") : text("Revoke the selected tokens?")}
      description={
        revoked
          ? text("Calls with them are refused from now on.")
          : text("Calls with them are refused from that moment. This cannot be undone.")
      }
      finalFocus={() => (revoked ? finalFocus() : true)}
    >
      {/* Mounted only while open, so every opening looks anew at what would be hit. */}
      <BulkRevokeSteps
        {...steps}
        revoke={async (input) => {
          setBusy(true);
          return revoke(input).finally(() => setBusy(false));
        }}
        onClose={close}
        onRevokedChange={setRevoked}
      />
    </AlertDialog>
  );
}

interface BulkRevokeStepsProps {
  target: BulkTarget;
  preview: PreviewRevocation;
  revoke: RevokeTokens;
  onRevokedChange: (revoked: boolean) => void;
  onClose: () => void;
}

type Step = { at: "preview" } | { at: "form"; rows: readonly RevokeRow[] } | { at: "done"; rows: readonly RevokeRow[] };

function BulkRevokeSteps({ target, preview, revoke, onRevokedChange, onClose }: BulkRevokeStepsProps) {
  const text = useText();
  const container = useRef<HTMLDivElement>(null);
  const [step, setStep] = useState<Step>({ at: "preview" });
  const { pending, failure, submit } = useSubmission({
    send: preview,
    onDone: ({ results }) => go({ at: "form", rows: results.filter(({ id }) => !target.except.includes(id)) }),
    lost: text("The server did not answer. Nothing was revoked."),
  });
  const begin = useEffectEvent(() => {
    onRevokedChange(false);
    submit(target.selection);
  });
  useEffect(() => begin(), []);

  // What had the focus is gone with the step before.
  function go(next: Step) {
    flushSync(() => setStep(next));
    container.current?.focus();
  }

  return (
    <div ref={container} tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-hidden">
      {step.at === "preview" && (
        <>
          <OverlayBody>
            {failure === null ? (
              <div role="status" aria-label={text("Finding out what would be revoked")} className="grid gap-3 py-2">
                <Skeleton className="w-2/3" />
                <Skeleton className="h-56 rounded-lg" />
              </div>
            ) : (
              <FailureBanner title={text("What would be revoked could not be found out")} failure={failure} />
            )}
          </OverlayBody>
          <OverlayFooter>
            <Button onClick={onClose}>{text("Cancel")}</Button>
            {failure !== null && (
              <Button variant="primary" pending={pending} onClick={() => submit(target.selection)}>
                {text("Try again")}
              </Button>
            )}
          </OverlayFooter>
        </>
      )}
      {step.at === "form" && (
        <BulkRevokeForm
          rows={step.rows}
          revoke={revoke}
          onCancel={onClose}
          onRevoked={(rows) => {
            onRevokedChange(true);
            go({ at: "done", rows });
          }}
        />
      )}
      {step.at === "done" && <BulkRevokeSummary rows={step.rows} onClose={onClose} />}
    </div>
  );
}
