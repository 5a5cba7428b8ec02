"use client";

import { ServerCrash } from "lucide-react";
import { useText } from "#text";
import { PageTitle } from "@/components/shell/page-title";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** When a page itself could not be made; the digest finds the fault in the server's log. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const text = useText();
  return (
    <main id="main" className="grid min-h-dvh place-items-center p-4">
      <PageTitle parts={[text("This page can't be shown right now")]} />
      <div role="alert">
        <EmptyState
          headingLevel={1}
          icon={<ServerCrash />}
          title={text("This page can't be shown right now")}
          text={
            <>
              <p>{text("The service failed to answer. Nothing was changed. Try again in a moment.")}</p>
              {error.digest !== undefined && (
                <p className="mt-2 text-xs">{text("Reference {digest}", { digest: error.digest })}</p>
              )}
            </>
          }
          action={<Button onClick={reset}>{text("Try again")}</Button>}
        />
      </div>
    </main>
  );
}
