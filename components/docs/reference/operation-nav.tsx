"use client";

import { clsx } from "clsx";
import { useState } from "react";
import { SearchInput } from "@/components/ui/search-input";
import { useCurrentHeading } from "../use-current-heading";
import { MethodBadge } from "./method-badge";
import type { ReferenceMethod } from "./view";

interface OperationNavProps {
  groups: readonly {
    id: string;
    name: string;
    operations: readonly { id: string; method: ReferenceMethod; path: string; summary: string; scope: string | null }[];
  }[];
}

/** Every operation by group, found by words of its summary, path, method or scope. */
export function OperationNav({ groups }: OperationNavProps) {
  const [query, setQuery] = useState("");
  const current = useCurrentHeading(groups.flatMap(({ operations }) => operations.map(({ id }) => id)));
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = groups.flatMap((group) => {
    const operations = group.operations.filter(({ method, path, summary, scope }) => {
      const text = `${group.name} ${method} ${path} ${summary} ${scope ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return operations.length > 0 ? [{ ...group, operations }] : [];
  });
  return (
    <nav aria-label="Operations">
      <SearchInput label="Find an operation" placeholder="Find an operation" value={query} onValueChange={setQuery} />
      <p role="status" className={clsx("mt-3 text-muted", found.length > 0 && "sr-only")}>
        {found.length === 0 && "No operation has all of these words."}
      </p>
      {found.map(({ id, name, operations }) => (
        <div key={id} className="mt-4">
          <a href={`#${id}`} className="rounded-sm text-xs font-medium text-muted hover:text-foreground">
            {name}
          </a>
          <ul className="mt-1">
            {operations.map((operation) => (
              <li key={operation.id}>
                <a
                  href={`#${operation.id}`}
                  {...(operation.id === current && { "aria-current": "location" })}
                  className={clsx(
                    "-mx-2 flex items-center gap-2 rounded-md px-2 py-1 -outline-offset-2 hover:bg-hover max-sm:min-h-10",
                    operation.id === current && "bg-hover font-medium",
                  )}
                >
                  <MethodBadge method={operation.method} className="w-14" />
                  <span className="min-w-0 truncate" title={operation.summary}>
                    {operation.summary}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
