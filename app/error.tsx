"use client";

import { ServerCrash } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** When a page itself could not be made; the digest finds the fault in the server's log. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="grid min-h-dvh place-items-center p-4">
      <div role="alert">
        <EmptyState
          headingLevel={1}
          icon={<ServerCrash />}
          title="This page can't be shown right now"
          text={
            <>
              <p>The service failed to answer. Nothing was changed. Try again in a moment.</p>
              {error.digest !== undefined && <p className="mt-2 text-xs">Reference {error.digest}</p>}
            </>
          }
          action={<Button onClick={reset}>Try again</Button>}
        />
      </div>
    </main>
  );
}
