import { clsx } from "clsx";
import Link from "next/link";
import { useText } from "#text";
import { ButtonLink } from "@/components/ui/button-link";
import { BrandMark } from "./brand-mark";
import { CommandPalette } from "./command-palette";
import type { PaletteContent } from "./command-palette-content";
import { ContextSwitcher } from "./context-switcher";
import type { SwitcherOrganization } from "./context-switcher-trigger";
import { ThemeSwitch } from "./theme-switch";
import { type HeaderLink, UserMenu } from "./user-menu";

interface AppHeaderProps {
  homeHref: string;
  organizations: readonly SwitcherOrganization[];
  currentOrganizationId: string | null;
  currentTenantId: string | null;
  user: { name: string; email: string };
  profileHref: string;
  /** The settings this user can open. On narrow screens they and the docs are in the user menu only. */
  links: readonly HeaderLink[];
  palette: PaletteContent;
  /** Usually a server action. */
  onSignOut: () => void | Promise<void>;
}

/** The bar on every signed-in page. Its skip link leads to the element with the id `main`. */
export function AppHeader({
  homeHref,
  organizations,
  currentOrganizationId,
  currentTenantId,
  user,
  profileHref,
  links,
  palette,
  onSignOut,
}: AppHeaderProps) {
  const text = useText();
  return (
    <header className="relative z-30 border-b sm:sticky sm:top-0 bg-surface">
      <a
        href="#main"
        className="absolute top-2 left-2 z-10 -translate-y-16 rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent focus:translate-y-0"
      >
        {text("Skip to content")}
      </a>
      <div className="mx-auto flex h-13 max-w-6xl items-center gap-2 px-4 sm:px-6">
        <Link href={homeHref} className="flex shrink-0 items-center gap-2 rounded-md font-semibold tracking-tight">
          <BrandMark />
          <span className="max-sm:sr-only">Praxis Identity</span>
        </Link>
        <span aria-hidden="true" className="ml-1 h-5 w-px rotate-[18deg] bg-border-strong" />
        <div className="min-w-0 flex-1">
          <ContextSwitcher
            organizations={organizations}
            currentOrganizationId={currentOrganizationId}
            currentTenantId={currentTenantId}
          />
        </div>
        <CommandPalette {...palette} organizations={organizations} onSignOut={onSignOut} />
        {links.length > 0 && (
          <nav aria-label={text("Settings")} className="max-md:hidden">
            <ul className="flex gap-1">
              {links.map(({ kind, label, href, current }) => (
                <li key={kind}>
                  <Link
                    href={href}
                    {...(current && { "aria-current": true })}
                    className={clsx(
                      "flex h-8 items-center rounded-md px-2.5 transition-colors hover:bg-hover",
                      current ? "font-medium text-foreground" : "text-muted hover:text-foreground",
                    )}
                  >
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <ButtonLink href="/docs" variant="ghost" className="font-normal text-muted hover:text-foreground max-sm:hidden">
          {text("Docs")}
        </ButtonLink>
        <ThemeSwitch />
        <UserMenu user={user} profileHref={profileHref} links={links} onSignOut={onSignOut} />
      </div>
    </header>
  );
}
