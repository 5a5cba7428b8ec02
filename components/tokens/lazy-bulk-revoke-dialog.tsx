"use client";

import type { ComponentProps } from "react";
import { useLazy } from "@/components/ui/use-lazy";
import type { BulkRevokeDialog } from "./bulk-revoke-dialog";

/** The dialog of bulk revocation, loaded when it first opens. */
export function LazyBulkRevokeDialog(props: ComponentProps<typeof BulkRevokeDialog>) {
  const Dialog = useLazy(loadDialog, props.open, () => props.onClose(false));
  return Dialog === null ? null : <Dialog {...props} />;
}

async function loadDialog() {
  return (await import("./bulk-revoke-dialog")).BulkRevokeDialog;
}
