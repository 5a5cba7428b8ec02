"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { RotateCw, Search, X } from "lucide-react";
import { useTheme } from "next-themes";
import { type RefObject, useRef, useState } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { backdropStyle } from "@/components/ui/overlay-style";
import { ProgressLine } from "@/components/ui/progress-line";
import type { Text } from "@/lib/text/text";
import type { PaletteContent } from "./command-palette-content";
import {
  currentMark,
  itemGroups,
  matching,
  type PaletteItem,
  type PaletteItemGroup,
  tokenGroup,
} from "./command-palette-items";
import type { SwitcherOrganization } from "./context-switcher-trigger";
import { type TokenSearch, useTokenSearch } from "./use-token-search";

interface PaletteBodyProps extends PaletteContent {
  organizations: readonly SwitcherOrganization[];
  onGo: (href: string) => void;
  onSignOut: () => void;
  onClose: () => void;
}

export interface CommandPaletteDialogProps extends Omit<PaletteBodyProps, "onClose"> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The palette itself. Its body lives only while it is open, so it remembers nothing. */
export function CommandPaletteDialog({ open, onOpenChange, ...body }: CommandPaletteDialogProps) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropStyle} />
        {/* At the top on phones, too, where a keyboard takes the lower half. */}
        <Dialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center overflow-hidden p-2 sm:px-4 sm:pt-[max(1.5rem,8dvh)] sm:pb-6">
          <Dialog.Popup
            aria-label={text("Command palette")}
            initialFocus={input}
            className="flex max-h-full w-full flex-col overflow-hidden rounded-xl bg-raised text-foreground shadow-overlay outline-hidden transition-[opacity,scale] duration-150 ease-out sm:max-w-xl data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
          >
            <PaletteBody {...body} inputRef={input} onClose={() => onOpenChange(false)} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody(props: PaletteBodyProps & { inputRef: RefObject<HTMLInputElement | null> }) {
  const text = useText();
  const { tokens, inputRef, onGo, onSignOut, onClose } = props;
  const { theme, setTheme } = useTheme();
  const [query, setQuery] = useState("");
  const search = useTokenSearch(tokens?.find ?? null, query);
  const shown = [
    ...matching(itemGroups(props, theme, text), query.trim()),
    ...(tokens !== null && search.state === "found" && search.tokens.length > 0
      ? [tokenGroup(tokens.place, search.tokens, text)]
      : []),
  ];
  const count = shown.reduce((total, { items }) => total + items.length, 0);

  function run(item: PaletteItem) {
    if (item.run.kind === "go") return onGo(item.run.href);
    if (item.run.kind === "signOut") return onSignOut();
    setTheme(item.run.theme);
    onClose();
  }

  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      items={shown}
      value={query}
      onValueChange={(typed, { reason }) => {
        // Choosing an item is not typing it.
        if (reason !== "item-press") setQuery(typed);
      }}
      autoHighlight="always"
      keepHighlight
    >
      <div className="relative shrink-0 border-b">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-4 size-4 -translate-y-1/2 text-muted"
        />
        <Autocomplete.Input
          ref={inputRef}
          aria-label={text("Search and commands")}
          placeholder={tokens === null ? text("Find a page or tenant") : text("Find a page, tenant or token")}
          autoCapitalize="none"
          spellCheck={false}
          className="h-12 w-full bg-transparent pr-16 pl-11 text-base outline-hidden placeholder:text-placeholder max-sm:text-lg"
        />
        <Dialog.Close className="absolute top-1/2 right-3 flex min-h-6 -translate-y-1/2 items-center rounded-sm px-1 hover:bg-hover max-sm:right-1 max-sm:size-10 max-sm:justify-center">
          <span className="sr-only">{text("Close")}</span>
          <span aria-hidden="true" className="max-sm:hidden">
            <Kbd>{text("Esc")}</Kbd>
          </span>
          <X aria-hidden="true" className="size-4 text-muted sm:hidden" />
        </Dialog.Close>
        {search.state === "searching" && <ProgressLine className="absolute inset-x-0 bottom-0" />}
      </div>
      <p role="status" className="sr-only">
        {announcement(search, count, text)}
      </p>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain sm:max-h-96">
        <Autocomplete.List aria-label={text("Results")} className="scroll-py-2 p-2 outline-hidden data-empty:p-0">
          {(group: PaletteItemGroup) => (
            <Autocomplete.Group key={group.label} items={group.items} className="not-last:mb-2">
              <Autocomplete.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-muted select-none">
                {group.label}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(item: PaletteItem) => (
                  <Autocomplete.Item
                    key={item.id}
                    value={item}
                    onClick={() => run(item)}
                    className="flex min-h-9 items-center gap-2.5 rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover max-sm:min-h-11 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted"
                  >
                    {item.icon}
                    <span className="min-w-0 truncate">{item.label}</span>
                    {item.detail !== undefined && (
                      <code className="ml-auto shrink-0 font-mono text-xs text-muted">{item.detail}</code>
                    )}
                    {item.current && <span className="ml-auto">{currentMark(text)}</span>}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
        {search.state === "failed" && (
          <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t px-4 py-3">
            <p className="min-w-0 flex-1">
              <span className="font-medium">{text("The tokens could not be searched.")}</span>{" "}
              <span className="text-muted">
                {text.known(search.message)}
                {search.correlationId !== null && (
                  <>
                    {" "}
                    {text("Correlation ID")} <code className="font-mono text-xs break-all">{search.correlationId}</code>
                  </>
                )}
              </span>
            </p>
            <Button size="sm" onClick={search.retry}>
              <RotateCw aria-hidden="true" />
              {text("Try again")}
            </Button>
          </div>
        )}
        {count === 0 && search.state !== "failed" && (
          <p className="px-4 py-8 text-center text-muted">
            {search.state === "searching"
              ? text("Looking for tokens…")
              : tokens === null
                ? text("Nothing you can open has that name.")
                : text("Nothing you can open has that name, and no token in {place} has it in its name or hint.", {
                    place: tokens.place,
                  })}
          </p>
        )}
      </div>
    </Autocomplete.Root>
  );
}

function announcement(search: TokenSearch, count: number, text: Text): string {
  if (search.state === "searching") return text("Looking for tokens");
  return text("{count, plural, =0 {No results} one {# result} other {# results}}", { count });
}
