import { SearchX } from "lucide-react";
import { useText } from "#text";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";

/** There is no such token, or it is of another tenant: the two look the same. */
export function TokenNotFound({ listHref }: { listHref: string }) {
  const text = useText();
  return (
    <div className="rounded-xl border bg-surface">
      <EmptyState
        headingLevel={2}
        icon={<SearchX />}
        title={text("Token not found")}
        text={text(
          "There is no such token in this tenant. It may have been deleted from the list; what it did is in the audit log.",
        )}
        action={<ButtonLink href={listHref}>{text("All API tokens")}</ButtonLink>}
      />
    </div>
  );
}

/** The place of a token's details while they load, so that nothing jumps. */
export function TokenDetailsSkeleton() {
  const text = useText();
  return (
    <div role="status" aria-label={text("Loading the token")} className="grid gap-4">
      <div className="mb-1 grid h-[46px] content-between py-1">
        <Skeleton className="h-4 w-48" />
        <Skeleton className="w-32" />
      </div>
      <div className="h-56 rounded-xl border bg-surface p-4">
        <Skeleton className="h-4 w-24" />
      </div>
      <div className="grid gap-4 lg:grid-cols-5">
        <div className="h-80 rounded-xl border bg-surface p-4 lg:col-span-3">
          <Skeleton className="h-4 w-24" />
        </div>
        <div className="h-80 rounded-xl border bg-surface p-4 lg:col-span-2">
          <Skeleton className="h-4 w-24" />
        </div>
      </div>
    </div>
  );
}
