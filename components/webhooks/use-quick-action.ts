"use client";

import { useTransition } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import type { Outcome } from "@/components/ui/use-submission";

/** Does what needs no dialog; what it came to is said in a toast. */
export function useQuickAction() {
  const text = useText();
  const [pending, startTransition] = useTransition();
  function act<Done extends object>(
    send: () => Promise<Outcome<Done>>,
    words: { done: string; failed: string },
    onDone?: (done: Done) => void,
  ) {
    startTransition(async () => {
      const outcome = await send().catch(() => null);
      if (outcome?.ok) {
        toast.success(words.done);
        onDone?.(outcome);
        return;
      }
      const description = outcome
        ? text("{message} (correlation ID {id})", {
            message: text.known(outcome.message),
            id: outcome.correlationId,
          })
        : text("The server did not answer. Try again in a moment.");
      toast.error(words.failed, { description });
    });
  }
  return { pending, act };
}
