"use client";

import { RotateCw, ServerCrash } from "lucide-react";
import { useTransition } from "react";
import { useText } from "#text";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { EmptyState } from "./empty-state";

interface LoadErrorProps {
  title: string;
  text: string;
  /** Finds this failure in the server's log. */
  correlationId: string | null;
  /** Usually the error boundary's `reset`, or a router refresh. */
  onRetry: () => void | Promise<void>;
}

/** In the place of what could not be loaded, with a way to ask again. */
export function LoadError({ title, text: explanation, correlationId, onRetry }: LoadErrorProps) {
  const text = useText();
  const [pending, startTransition] = useTransition();
  return (
    <div role="alert" className="rounded-xl border bg-surface">
      <EmptyState
        headingLevel={2}
        icon={<ServerCrash />}
        title={title}
        text={
          <>
            <p>{explanation}</p>
            {correlationId !== null && (
              <p className="mt-2 flex flex-wrap items-center justify-center gap-x-1 text-xs">
                {text("Correlation ID")} <code className="font-mono break-all text-foreground">{correlationId}</code>
                <CopyButton text={correlationId} label={text("Copy correlation ID")} size="sm" className="!h-6 !px-1" />
              </p>
            )}
          </>
        }
        action={
          <Button
            pending={pending}
            pendingLabel={text("Trying again…")}
            onClick={() =>
              startTransition(async () => {
                await onRetry();
              })
            }
          >
            <RotateCw aria-hidden="true" />
            {text("Try again")}
          </Button>
        }
      />
    </div>
  );
}
