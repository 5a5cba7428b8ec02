import {
  BookOpen,
  Building2,
  Check,
  FileText,
  KeyRound,
  LogOut,
  Monitor,
  Moon,
  Plus,
  Sun,
  UserRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";
import type { TokenStatus } from "@/lib/tokens/vocabulary";
import type { PaletteContent, PaletteIcon, PaletteToken } from "./command-palette-content";
import type { SwitcherOrganization } from "./context-switcher-trigger";

/** One line of the palette. */
export interface PaletteItem {
  id: string;
  label: string;
  /** Beside the label, such as a token's hint. */
  detail?: string;
  icon: ReactNode;
  /** Whether it is so already, as the chosen theme is. */
  current?: boolean;
  run: { kind: "go"; href: string } | { kind: "theme"; theme: string } | { kind: "signOut" };
}

export interface PaletteItemGroup {
  label: string;
  items: PaletteItem[];
}

const icons: Readonly<Record<PaletteIcon, ReactNode>> = {
  create: <Plus />,
  page: <FileText />,
  organization: <Building2 />,
  profile: <UserRound />,
  docs: <BookOpen />,
};

const themes = [
  { theme: "light", label: message("Light theme"), icon: <Sun /> },
  { theme: "dark", label: message("Dark theme"), icon: <Moon /> },
  { theme: "system", label: message("System theme"), icon: <Monitor /> },
];

/** Everything the palette offers without asking the server. */
export function itemGroups(
  { groups, organizations }: Pick<PaletteContent, "groups"> & { organizations: readonly SwitcherOrganization[] },
  theme: string | undefined,
  text: Text,
): PaletteItemGroup[] {
  return [
    ...groups.map(({ label, links }) => ({
      label,
      items: links.map((link) => ({
        id: `${label} ${link.href}`,
        label: link.label,
        icon: icons[link.icon],
        run: { kind: "go" as const, href: link.href },
      })),
    })),
    {
      label: text("Tenants"),
      items: organizations.flatMap((organization) =>
        organization.tenants.map((tenant) => ({
          id: tenant.id,
          label: `${organization.name} / ${tenant.name}`,
          icon: <Building2 />,
          run: { kind: "go" as const, href: tenant.href },
        })),
      ),
    },
    {
      label: text("Theme and session"),
      items: [
        ...themes.map(({ theme: value, label, icon }) => ({
          id: `theme ${value}`,
          label: text.known(label),
          icon,
          current: value === theme,
          run: { kind: "theme" as const, theme: value },
        })),
        { id: "sign out", label: text("Sign out"), icon: <LogOut />, run: { kind: "signOut" } },
      ],
    },
  ];
}

const mostOfGroup = 20;

/** The groups with what matches: every word, in the label or in the name of its group. Of many, the first. */
export function matching(groups: readonly PaletteItemGroup[], query: string): PaletteItemGroup[] {
  const words = query.toLowerCase().split(/[\s/]+/);
  return groups
    .map(({ label, items }) => ({
      label,
      items: items
        .filter((item) => {
          const found = `${label} ${item.label}`.toLowerCase();
          return words.every((word) => found.includes(word));
        })
        .slice(0, mostOfGroup),
    }))
    .filter(({ items }) => items.length > 0);
}

const statusWords: Readonly<Record<Exclude<TokenStatus, "active">, string>> = {
  expiring: message("expiring"),
  expired: message("expired"),
  superseded: message("superseded"),
  revoked: message("revoked"),
};

/** The tokens that were found. */
export function tokenGroup(place: string, tokens: readonly PaletteToken[], text: Text): PaletteItemGroup {
  return {
    label: text("Tokens in {place}", { place }),
    items: tokens.map(({ id, name, hint, status, href }) => ({
      id,
      label: name,
      detail: status === "active" ? hint : `${hint} · ${text.known(statusWords[status])}`,
      icon: <KeyRound />,
      run: { kind: "go", href },
    })),
  };
}

/** Marks what is so already. */
export function currentMark(text: Text): ReactNode {
  return (
    <>
      <Check aria-hidden="true" className="size-4 text-accent-text" />
      <span className="sr-only">{text("(current)")}</span>
    </>
  );
}
