import { Lock, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Scope } from "@/lib/access/scopes";

/** There is no such organization, or it is not the user's to know of: the two look the same. */
export function OrganizationNotFound() {
  return (
    <StateCard>
      <EmptyState
        headingLevel={2}
        icon={<SearchX />}
        title="Organization not found"
        text="This organization doesn't exist or you are not a member of it. Check the address, or ask an owner to add you."
        action={<ButtonLink href="/">Go to your API tokens</ButtonLink>}
      />
    </StateCard>
  );
}

/** The user is in the organization, but may not see this of it. */
export function NoOrganizationPermission({ scope, what }: { scope: Scope; what: string }) {
  return (
    <StateCard>
      <EmptyState
        headingLevel={2}
        icon={<Lock />}
        title={`You can't see ${what}`}
        text={
          <>
            It takes a role in the whole organization that includes{" "}
            <code className="font-mono text-foreground">{scope}</code>: owner or admin. Ask an owner for it.
          </>
        }
      />
    </StateCard>
  );
}

/** The place of a list of people or tokens while it loads. */
export function ListSkeleton({ label, rows = 5 }: { label: string; rows?: number }) {
  return (
    <div role="status" aria-label={label}>
      <div className="mb-5 grid h-[46px] content-between py-1">
        <Skeleton className="h-4 w-28" />
        <Skeleton className="w-72 max-w-full" />
      </div>
      <div className="overflow-hidden rounded-xl border bg-surface">
        <div className="h-9 border-b bg-subtle/60" />
        {Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: identical, fixed placeholders
          <div key={index} className="flex h-[57px] items-center gap-6 px-4 not-last:border-b">
            <div className="grid w-1/3 min-w-32 gap-2">
              <Skeleton className="w-1/2" />
              <Skeleton className="h-2.5 w-3/4" />
            </div>
            <Skeleton className="w-28 max-sm:hidden" />
            <Skeleton className="ml-auto h-5 w-16 rounded-full" />
          </div>
        ))}
      </div>
    </div>
  );
}

function StateCard({ children }: { children: ReactNode }) {
  return <div className="rounded-xl border bg-surface">{children}</div>;
}
