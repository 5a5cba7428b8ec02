"use client";

import { useLinkStatus } from "next/link";
import { ProgressLine } from "./progress-line";

/** A moving line at the top of the link it is in, while that loads. The link clips it. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? <ProgressLine className="absolute inset-x-0 top-0" /> : null;
}
