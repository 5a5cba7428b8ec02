import { SearchX } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

/** The address names a webhook that there is not, or not any more. */
export function WebhookNotFound({ listHref }: { listHref: string }) {
  return (
    <div className="rounded-xl border bg-surface">
      <EmptyState
        headingLevel={2}
        icon={<SearchX />}
        title="Webhook not found"
        text="It doesn't exist in this tenant, or it was deleted."
        action={<ButtonLink href={listHref}>See all webhooks</ButtonLink>}
      />
    </div>
  );
}
