import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useText } from "#text";

interface BreadcrumbsProps {
  /** From the outermost to the page itself; the last needs no address. */
  items: readonly { label: string; href?: string }[];
}

export function Breadcrumbs({ items }: BreadcrumbsProps) {
  const text = useText();
  return (
    <nav aria-label={text("Breadcrumb")}>
      <ol className="flex flex-wrap items-center gap-1 text-sm text-muted">
        {items.map((item, index) => {
          const isLast = index === items.length - 1;
          return (
            <li key={`${item.href ?? ""} ${item.label}`} className="flex min-w-0 items-center gap-1">
              {item.href !== undefined && !isLast ? (
                <Link href={item.href} className="truncate rounded-sm hover:text-foreground">
                  {item.label}
                </Link>
              ) : (
                <span
                  {...(isLast && { "aria-current": "page" })}
                  className={clsx("truncate", isLast && "text-foreground")}
                >
                  {item.label}
                </span>
              )}
              {!isLast && <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-placeholder" />}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
