import { KeyRound } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { maxCountedTokens } from "@/lib/tokens/organization-schema";

/** Organization settings → Tokens, its title. */
export function TokensHeading({ complete }: { complete: boolean }) {
  return (
    <div>
      <h2 className="text-lg font-semibold tracking-tight">Tokens</h2>
      <p className="mt-0.5 text-muted">
        The API tokens of every tenant.
        {!complete && ` There are more than ${maxCountedTokens.toLocaleString("en")}, so the counts are too low.`}
      </p>
    </div>
  );
}

/** No tenant of the organization has ever had a token. */
export function NoOrganizationTokens({ tenants }: { tenants: readonly { id: string; name: string; href: string }[] }) {
  const [first] = tenants;
  return (
    <section aria-label="Tokens" className="rounded-xl border bg-surface">
      <EmptyState
        headingLevel={2}
        icon={<KeyRound />}
        title="No API tokens yet"
        text="API tokens are created in a tenant. Once there are any, this page shows which of them call for attention."
        {...(first && { action: <ButtonLink href={first.href}>API tokens of {first.name}</ButtonLink> })}
      />
    </section>
  );
}
