import { SearchX } from "lucide-react";
import { useText } from "#text";
import { PageTitle } from "@/components/shell/page-title";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  const text = useText();
  return (
    <main id="main" className="grid min-h-dvh place-items-center p-4">
      <PageTitle parts={[text("Page not found")]} />
      <EmptyState
        headingLevel={1}
        icon={<SearchX />}
        title={text("Page not found")}
        text={text("There is nothing at this address. It may have been mistyped, or the page was moved.")}
        action={<ButtonLink href="/">{text("Go to your API tokens")}</ButtonLink>}
      />
    </main>
  );
}
