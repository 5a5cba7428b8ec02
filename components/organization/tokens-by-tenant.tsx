import { clsx } from "clsx";
import Link from "next/link";
import { useText } from "#text";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { type TokenCount, type TokenCounts, type TokenRollUp, tokenCounts } from "@/lib/tokens/organization-schema";
import { countText, countWording } from "./tokens-wording";

interface TokensByTenantProps extends Pick<TokenRollUp, "tenants" | "complete"> {
  /** The tenant whose tokens are shown; null when all are. */
  currentTenantId: string | null;
  /** The count whose tokens are shown; null when none is. */
  currentCount: TokenCount | null;
  isWhole: boolean;
  /** Shows every tenant here. */
  wholeHref: string;
  /** Shows the tokens of a count in a tenant. */
  hrefOf: (tenantId: string, count: TokenCount) => string;
}

const shortList = 5;

/** The same counts per tenant; each shows its tokens. Of many tenants those that call for action most, at first. */
export function TokensByTenant(props: TokensByTenantProps) {
  const text = useText();
  const { tenants, complete, currentTenantId, currentCount, isWhole, wholeHref, hrefOf } = props;
  const wording = countWording(text);
  const urgent = tenants.toSorted(byUrgency).slice(0, shortList);
  const shown = isWhole
    ? tenants
    : tenants.filter((tenant) => urgent.includes(tenant) || tenant.id === currentTenantId);
  return (
    <section aria-label={text("Tokens by tenant")}>
      <div className="overflow-hidden rounded-xl border bg-surface">
        <Table label={text("Tokens by tenant")}>
          <TableHead>
            <TableRow>
              <TableHeader className="bg-subtle/60">{text("Tenant")}</TableHeader>
              {tokenCounts.map((count) => (
                <TableHeader key={count} className="bg-subtle/60 text-right">
                  {wording[count].label}
                </TableHeader>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.map(({ id, name, counts }) => (
              <TableRow
                key={id}
                className={clsx(
                  "not-last:border-b @max-4xl:grid @max-4xl:grid-cols-3 @max-4xl:gap-x-4 @max-4xl:gap-y-2 @max-4xl:px-4 @max-4xl:py-3",
                  id === currentTenantId && "bg-accent-soft/60",
                )}
              >
                <TableCell className="max-w-60 truncate py-2 font-medium @max-4xl:col-span-3" title={name}>
                  {name}
                </TableCell>
                {tokenCounts.map((count) => (
                  <TableCell
                    key={count}
                    label={wording[count].label}
                    className={clsx("py-2 tabular-nums @4xl:text-right", counts[count] === 0 && "@max-4xl:hidden")}
                  >
                    {counts[count] === 0 ? (
                      <span className="text-muted">0</span>
                    ) : (
                      <Link
                        href={hrefOf(id, count)}
                        scroll={false}
                        prefetch={false}
                        aria-label={text("{label} in {tenant}: {count}", {
                          label: wording[count].label,
                          tenant: name,
                          count: countText(counts[count], { complete }, text),
                        })}
                        {...(id === currentTenantId && count === currentCount && { "aria-current": "true" })}
                        className={clsx(
                          "-mx-2 -my-1 inline-block rounded-sm px-2 py-1 underline decoration-border-strong decoration-dotted underline-offset-4 hover:bg-hover",
                          "aria-[current]:font-semibold aria-[current]:decoration-solid",
                          wording[count].tone === "danger" && "text-danger-text",
                        )}
                      >
                        {countText(counts[count], { complete }, text)}
                      </Link>
                    )}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {shown.length < tenants.length && (
        <p className="mt-2 text-muted">
          {text("{shown, number} of {all, number} tenants.", { shown: shown.length, all: tenants.length })}{" "}
          <TextLink href={wholeHref} scroll={false}>
            {text("Show all")}
          </TextLink>
        </p>
      )}
    </section>
  );
}

function byUrgency({ counts: one }: { counts: TokenCounts }, { counts: other }: { counts: TokenCounts }): number {
  return (
    other.violatesPolicy - one.violatesPolicy ||
    other.idle - one.idle ||
    other.overPrivileged - one.overPrivileged ||
    other.expiring - one.expiring ||
    other.working - one.working
  );
}
