import { clsx } from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import { useText } from "#text";
import { Breadcrumbs } from "./breadcrumbs";
import { PageTitle } from "./page-title";

export interface SettingsLayoutProps {
  /** The document's, the most specific part first; left out where the page has drawn it already. */
  documentTitle?: readonly string[];
  title: string;
  breadcrumbs?: readonly { label: string; href?: string }[];
  /**
   * The sections there are. Each has an address, so they are links, not ARIA tabs. Where they do not all fit, the current
   * one is in view.
   */
  sections: readonly { label: string; href: string; current: boolean }[];
  children: ReactNode;
}

export function SettingsLayout({ documentTitle, title, breadcrumbs, sections, children }: SettingsLayoutProps) {
  const text = useText();
  return (
    <main id="main" tabIndex={-1} className="mx-auto max-w-6xl px-4 pt-5 pb-20 outline-hidden sm:px-6">
      {documentTitle !== undefined && <PageTitle parts={documentTitle} />}
      {breadcrumbs !== undefined && <Breadcrumbs items={breadcrumbs} />}
      <h1 className="mt-2 text-2xl font-semibold tracking-tight">{title}</h1>
      <nav aria-label={text("{title} sections", { title })} className="mt-3 overflow-x-auto">
        <ul className="flex min-w-max gap-5 shadow-[inset_0_-1px_0_var(--border)]">
          {sections.map((section) => (
            <li key={section.href}>
              <Link
                href={section.href}
                {...(section.current && { "aria-current": "page" })}
                className={clsx(
                  "relative flex h-10 items-center rounded-md px-0.5 whitespace-nowrap transition-colors -outline-offset-3",
                  section.current
                    ? "font-medium text-foreground [scroll-initial-target:nearest] after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:rounded-full after:bg-accent"
                    : "text-muted hover:text-foreground",
                )}
              >
                {section.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="mt-7">{children}</div>
    </main>
  );
}
