"use client";

import { clsx } from "clsx";
import { useCurrentHeading } from "./use-current-heading";

export interface TocEntry {
  id: string;
  label: string;
  children?: readonly { id: string; label: string }[];
}

/** What is on this page, with the place the reader is at. */
export function TableOfContents({ label, entries }: { label: string; entries: readonly TocEntry[] }) {
  const current = useCurrentHeading(entries.flatMap(({ id, children = [] }) => [id, ...children.map((c) => c.id)]));
  return (
    <nav aria-label={label}>
      <p className="mb-2 text-xs font-medium text-muted">{label}</p>
      <ul className="border-l">
        {entries.map(({ id, label: text, children = [] }) => (
          <li key={id}>
            <TocLink id={id} label={text} current={current === id} />
            {children.length > 0 && (
              <ul>
                {children.map((child) => (
                  <li key={child.id}>
                    <TocLink {...child} current={current === child.id} nested />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface TocLinkProps {
  id: string;
  label: string;
  current: boolean;
  nested?: boolean;
}

function TocLink({ id, label, current, nested = false }: TocLinkProps) {
  return (
    <a
      href={`#${id}`}
      {...(current && { "aria-current": "location" })}
      className={clsx(
        "-ml-px block border-l py-1 pr-2 transition-colors -outline-offset-2",
        nested ? "pl-6 text-xs" : "pl-3",
        current ? "border-accent font-medium text-foreground" : "border-transparent text-muted hover:text-foreground",
      )}
    >
      {label}
    </a>
  );
}
