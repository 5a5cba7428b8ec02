import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <main id="main" className="grid min-h-dvh place-items-center p-4">
      <EmptyState
        headingLevel={1}
        icon={<SearchX />}
        title="Page not found"
        text="There is nothing at this address. It may have been mistyped, or the page was moved."
        action={<ButtonLink href="/">Go to your API tokens</ButtonLink>}
      />
    </main>
  );
}
