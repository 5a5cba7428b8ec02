import { SearchX } from "lucide-react";
import { useText } from "#text";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

/** The address names a webhook that there is not, or not any more. */
export function WebhookNotFound({ listHref }: { listHref: string }) {
  const text = useText();
  return (
    <div className="rounded-xl border bg-surface">
      <EmptyState
        headingLevel={2}
        icon={<SearchX />}
        title={text("Webhook not found")}
        text={text("It doesn't exist in this tenant, or it was deleted.")}
        action={<ButtonLink href={listHref}>{text("See all webhooks")}</ButtonLink>}
      />
    </div>
  );
}
