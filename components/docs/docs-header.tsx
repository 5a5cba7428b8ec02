import { clsx } from "clsx";
import Link from "next/link";
import { BrandMark } from "@/components/shell/brand-mark";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { ButtonLink } from "@/components/ui/button-link";

export type DocsPage = "guide" | "reference";

const pages = [
  { id: "guide", label: "Guide", href: "/docs" },
  { id: "reference", label: "API reference", href: "/docs/reference" },
] as const;

/** The bar on every page of the documentation, signed in or not. Its skip link leads to the element `main`. */
export function DocsHeader({ current }: { current: DocsPage }) {
  return (
    <header className="relative z-30 border-b bg-surface sm:sticky sm:top-0">
      <a
        href="#main"
        className="absolute top-2 left-2 z-10 -translate-y-16 rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="mx-auto flex h-13 max-w-7xl items-center gap-2 px-4 sm:px-6">
        <Link href="/docs" className="flex shrink-0 items-center gap-2 rounded-md font-semibold tracking-tight">
          <BrandMark />
          <span className="max-sm:sr-only">Praxis Identity</span>
          <span className="max-sm:sr-only font-normal text-muted">Docs</span>
        </Link>
        <nav aria-label="Documentation" className="ml-1 min-w-0 flex-1 self-stretch sm:ml-5">
          <ul className="flex h-full gap-4">
            {pages.map(({ id, label, href }) => (
              <li key={id} className="flex">
                <Link
                  href={href}
                  {...(id === current && { "aria-current": "page" })}
                  className={clsx(
                    "relative flex items-center rounded-md px-0.5 whitespace-nowrap transition-colors -outline-offset-3",
                    id === current
                      ? "font-medium text-foreground after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:rounded-full after:bg-accent"
                      : "text-muted hover:text-foreground",
                  )}
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeSwitch />
        <ButtonLink href="/" prefetch={false} className="max-sm:px-3">
          <span className="sm:hidden">App</span>
          <span className="max-sm:hidden">Open the app</span>
        </ButtonLink>
      </div>
    </header>
  );
}
