import type { Outcome } from "@/components/ui/use-submission";
import type { TokenStatus } from "@/lib/tokens/vocabulary";

/** What the command palette is given beside the tenants: only what its user may open. */
export interface PaletteContent {
  /** Where pages lead, in the order they are offered. */
  groups: readonly PaletteGroup[];
  /** Null where the user may not see the tokens, or no tenant is chosen. */
  tokens: { place: string; find: FindTokens } | null;
}

export interface PaletteGroup {
  label: string;
  links: readonly PaletteLink[];
}

export interface PaletteLink {
  label: string;
  href: string;
  icon: PaletteIcon;
}

export type PaletteIcon = "create" | "page" | "organization" | "profile" | "docs";

export interface PaletteToken {
  id: string;
  name: string;
  hint: string;
  status: TokenStatus;
  href: string;
}

export type FindTokens = (text: string) => Promise<Outcome<{ tokens: PaletteToken[] }>>;
