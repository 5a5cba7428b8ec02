"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import {
  type ComponentType,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
  useTransition,
} from "react";
import { toast } from "sonner";
import { useText } from "#text";
import { Kbd } from "@/components/ui/kbd";
import { Spinner } from "@/components/ui/spinner";
import { message } from "@/lib/text/message";
import type { PaletteContent } from "./command-palette-content";
import type { CommandPaletteDialogProps } from "./command-palette-dialog";
import type { SwitcherOrganization } from "./context-switcher-trigger";

interface CommandPaletteProps extends PaletteContent {
  organizations: readonly SwitcherOrganization[];
  /** Usually a server action. */
  onSignOut: () => void | Promise<void>;
}

/**
 * The way to everything by name: a button, and ⌘K or Ctrl+K. What it opens is loaded when it is wanted. While another
 * dialog is open, the shortcut waits: a secret may be on show there.
 */
export function CommandPalette({ onSignOut, ...content }: CommandPaletteProps) {
  const text = useText();
  const router = useRouter();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [PaletteDialog, setPaletteDialog] = useState<ComponentType<CommandPaletteDialogProps> | null>(null);
  const [pending, startTransition] = useTransition();
  const shortcut = useSyncExternalStore(subscribeToNothing, shortcutHere, () => null);

  async function load() {
    if (PaletteDialog !== null) return;
    try {
      const { CommandPaletteDialog } = await importDialog();
      setPaletteDialog(() => CommandPaletteDialog);
    } catch {
      setOpen(false);
      toast.error(text("The command palette could not be loaded"), {
        description: text("Check the connection and try again."),
      });
    }
  }

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isShortcut = (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && !event.isComposing;
    if (!isShortcut || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (open) return setOpen(false);
    // What a modal dialog hides from assistive technology is out of the keyboard's reach, too.
    if (button.current?.closest("[inert], [aria-hidden=true]")) return;
    setOpen(true);
    void load();
  });
  useEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
          void load();
        }}
        // Ahead of the click; if it fails, the click says so.
        onPointerEnter={() => void importDialog().catch(() => undefined)}
        className={clsx(
          "flex h-8 shrink-0 items-center gap-2 rounded-md text-sm text-muted transition-colors hover:bg-hover hover:text-foreground max-sm:h-10",
          "max-lg:w-8 max-lg:justify-center max-sm:w-10 lg:w-44 lg:border lg:border-border-strong lg:bg-surface lg:px-2.5 lg:shadow-control",
        )}
      >
        {pending || (open && PaletteDialog === null) ? (
          <Spinner />
        ) : (
          <Search aria-hidden="true" className="size-4 shrink-0" />
        )}
        <span className="flex-1 text-left max-lg:sr-only">
          {text.rich("Search<more> and commands</more>", { more: (words) => <span className="sr-only">{words}</span> })}
        </span>
        <span aria-hidden="true" className="max-lg:hidden">
          {shortcut !== null && <Kbd>{text.known(shortcut)}</Kbd>}
        </span>
      </button>
      {PaletteDialog !== null && (
        <PaletteDialog
          {...content}
          open={open}
          onOpenChange={setOpen}
          onGo={(href) => {
            setOpen(false);
            startTransition(() => router.push(href));
          }}
          onSignOut={() => {
            setOpen(false);
            startTransition(async () => {
              await onSignOut();
            });
          }}
        />
      )}
    </>
  );
}

function importDialog() {
  return import("./command-palette-dialog");
}

function subscribeToNothing() {
  return () => {};
}

/** As the keyboard at hand has it; the server cannot know. */
function shortcutHere(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘K" : message("Ctrl K");
}
