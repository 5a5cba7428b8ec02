"use client";

import { Collapsible } from "@base-ui/react/collapsible";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface DisclosureProps {
  label: string;
  /** A short note beside the label, such as "2 chosen". */
  note?: string;
  defaultOpen?: boolean;
  children: ReactNode;
}

export function Disclosure({ label, note, defaultOpen = false, children }: DisclosureProps) {
  return (
    <Collapsible.Root defaultOpen={defaultOpen}>
      <Collapsible.Trigger className="group -mx-1 flex min-h-7 items-center gap-1.5 rounded-md px-1 text-sm font-medium hover:text-accent-text">
        <ChevronRight
          aria-hidden="true"
          className="size-4 text-muted transition-transform duration-100 group-data-panel-open:rotate-90"
        />
        {label}
        {note !== undefined && <span className="text-xs font-normal text-muted">{note}</span>}
      </Collapsible.Trigger>
      <Collapsible.Panel className="pt-2 pl-5.5">{children}</Collapsible.Panel>
    </Collapsible.Root>
  );
}
