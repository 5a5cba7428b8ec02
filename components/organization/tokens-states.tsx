import { KeyRound } from "lucide-react";
import { useText } from "#text";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { maxCountedTokens } from "@/lib/tokens/organization-schema";

/** Organization settings → Tokens, its title. */
export function TokensHeading({ complete }: { complete: boolean }) {
  const text = useText();
  return (
    <div>
      <h2 className="text-lg font-semibold tracking-tight">{text("Tokens")}</h2>
      <p className="mt-0.5 text-muted">
        {text("The API tokens of every tenant.")}
        {!complete &&
          ` ${text("There are more than {max, number}, so the counts are too low.", { max: maxCountedTokens })}`}
      </p>
    </div>
  );
}

/** No tenant of the organization has ever had a token. */
export function NoOrganizationTokens({ tenants }: { tenants: readonly { id: string; name: string; href: string }[] }) {
  const text = useText();
  const [first] = tenants;
  return (
    <section aria-label={text("Tokens")} className="rounded-xl border bg-surface">
      <EmptyState
        headingLevel={2}
        icon={<KeyRound />}
        title={text("No API tokens yet")}
        text={text(
          "API tokens are created in a tenant. Once there are any, this page shows which of them call for attention.",
        )}
        {...(first && {
          action: <ButtonLink href={first.href}>{text("API tokens of {tenant}", { tenant: first.name })}</ButtonLink>,
        })}
      />
    </section>
  );
}
