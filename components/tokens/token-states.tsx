import { Building2, Lock, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Scope } from "@/lib/access/scopes";

interface TenantLink {
  name: string;
  href: string;
}

/** The address names no tenant. */
export function NoTenantChosen({ tenants }: { tenants: readonly TenantLink[] }) {
  return (
    <StateCard>
      <EmptyState
        headingLevel={2}
        icon={<Building2 />}
        title="Choose a tenant"
        text={
          tenants.length === 0
            ? "You have no access to any tenant yet. Ask an administrator of your organization to add you to one."
            : "API tokens belong to a tenant. Choose one here or from the menu at the top."
        }
        {...(tenants.length > 0 && {
          action: tenants.map((tenant) => (
            <ButtonLink key={tenant.href} href={tenant.href}>
              {tenant.name}
            </ButtonLink>
          )),
        })}
      />
    </StateCard>
  );
}

/** There is no such tenant, or it is not the user's to know of: the two look the same. */
export function TenantNotFound({ fallback }: { fallback: TenantLink | null }) {
  return (
    <StateCard>
      <EmptyState
        headingLevel={2}
        icon={<SearchX />}
        title="Tenant not found"
        text="This tenant doesn't exist or you don't have access to it. Check the address, or ask an administrator to add you."
        {...(fallback !== null && {
          action: <ButtonLink href={fallback.href}>Go to {fallback.name}</ButtonLink>,
        })}
      />
    </StateCard>
  );
}

/** The user is in the tenant, but may not see this of it. */
export function NoPermission({ scope, what }: { scope: Scope; what: string }) {
  return (
    <StateCard>
      <EmptyState
        headingLevel={2}
        icon={<Lock />}
        title={`You can't see ${what} here`}
        text={
          <>
            Your role in this tenant doesn't include <code className="font-mono text-foreground">{scope}</code>. Ask an
            administrator for a role that does.
          </>
        }
      />
    </StateCard>
  );
}

/** The table's place while it loads: the same height per row, so nothing jumps. */
export function TokenTableSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading API tokens">
      <div className="mb-5 grid h-[46px] content-between py-1">
        <Skeleton className="h-4 w-28" />
        <Skeleton className="w-72 max-w-full" />
      </div>
      <div className="mb-3 flex gap-2">
        <Skeleton className="h-8 w-72 rounded-md" />
        <Skeleton className="h-8 w-44 rounded-md max-sm:hidden" />
        <Skeleton className="h-8 w-20 rounded-md max-sm:hidden" />
        <Skeleton className="ml-auto h-8 w-20 rounded-md max-sm:hidden" />
      </div>
      <div className="overflow-hidden rounded-xl border bg-surface">
        <div className="h-9 border-b bg-subtle/60" />
        {Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: identical, fixed placeholders
          <div key={index} className="flex h-[57px] items-center gap-6 px-4 not-last:border-b">
            <div className="grid w-1/4 min-w-32 gap-2">
              <Skeleton className="w-3/4" />
              <Skeleton className="h-2.5 w-1/2" />
            </div>
            <Skeleton className="w-20 max-sm:hidden" />
            <Skeleton className="w-28 max-sm:hidden" />
            <Skeleton className="w-20 max-sm:hidden" />
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
