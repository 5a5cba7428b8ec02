"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";
import { useText } from "#text";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field-error";
import { SearchInput } from "@/components/ui/search-input";
import { Segmented } from "@/components/ui/segmented";
import { type Resource, type ResourceGroup, type Scope, sortScopes } from "@/lib/access/scopes";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";

export interface PickerResource {
  resource: Resource;
  label: string;
  group: ResourceGroup;
  scopes: readonly { scope: Scope; label: string; description: string; grantable: boolean }[];
}

interface ScopePickerProps {
  resources: readonly PickerResource[];
  selected: readonly Scope[];
  onSelectedChange: (selected: Scope[]) => void;
  error?: string | undefined;
}

type Level = "none" | "read" | "write";

const groups: readonly { group: ResourceGroup; label: string }[] = [
  { group: "data", label: message("Data") },
  { group: "administration", label: message("Administration") },
];

/** None, Read or Write for each resource. Write selects read too; a badge takes a single scope away again. */
export function ScopePicker({ resources, selected, onSelectedChange, error }: ScopePickerProps) {
  const text = useText();
  const id = useId();
  const [query, setQuery] = useState("");
  const needle = query.trim().toLowerCase();
  const shown = resources.filter((entry) =>
    [
      text.known(entry.label),
      ...entry.scopes.flatMap(({ scope, description }) => [scope, text.known(description)]),
    ].some((words) => words.toLowerCase().includes(needle)),
  );

  function replace(drop: readonly Scope[], add: readonly Scope[]) {
    onSelectedChange(sortScopes([...selected.filter((scope) => !drop.includes(scope)), ...add]));
  }

  return (
    <fieldset aria-describedby={`${id}-hint ${id}-error`} className="min-w-0">
      <legend className="text-sm font-medium">{text("Scopes")}</legend>
      <p id={`${id}-hint`} className="mt-0.5 mb-2 text-xs text-muted">
        {text("Choosing Write selects Read too. Remove a scope below to keep only the other.")}
      </p>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <div className="border-b p-2">
          <SearchInput
            label={text("Search scopes")}
            placeholder={text("Search scopes")}
            value={query}
            onValueChange={setQuery}
          />
        </div>
        {groups.map(({ group, label }) => {
          const members = shown.filter((entry) => entry.group === group);
          if (members.length === 0) return null;
          const grantable = members.flatMap(({ scopes }) => scopes.filter((s) => s.grantable).map((s) => s.scope));
          const chosen = grantable.filter((scope) => selected.includes(scope));
          const all = grantable.length > 0 && chosen.length === grantable.length;
          return (
            <section key={group} aria-labelledby={`${id}-${group}`} className="not-last:border-b">
              <div className="flex items-center justify-between gap-3 bg-subtle px-3 py-1.5">
                <Checkbox
                  label={
                    <span id={`${id}-${group}`} className="font-medium">
                      {text.known(label)}
                    </span>
                  }
                  checked={all}
                  indeterminate={chosen.length > 0 && !all}
                  disabledReason={grantable.length === 0 ? text("You hold none of these scopes") : undefined}
                  onCheckedChange={() => replace(grantable, all ? [] : grantable)}
                />
                <span className="text-xs text-muted">
                  {text("{chosen} of {all}", { chosen: chosen.length, all: grantable.length })}
                </span>
              </div>
              <ul>
                {members.map((entry) => (
                  <ResourceRow
                    key={entry.resource}
                    entry={entry}
                    selected={selected}
                    onChange={(add) =>
                      replace(
                        entry.scopes.map(({ scope }) => scope),
                        add,
                      )
                    }
                  />
                ))}
              </ul>
            </section>
          );
        })}
        {shown.length === 0 && (
          <p className="px-3 py-3 text-muted">{text("No scope matches “{query}”.", { query: query.trim() })}</p>
        )}
      </div>
      {selected.length > 0 && (
        <ul aria-label={text("Chosen scopes")} className="mt-2 flex flex-wrap gap-1.5">
          {selected.map((scope) => (
            <li
              key={scope}
              className="inline-flex h-6 items-center rounded-full border border-accent-line bg-accent-soft pr-0.5 pl-2 font-mono text-xs text-accent-text"
            >
              {scope}
              <button
                type="button"
                aria-label={text("Remove {scope}", { scope })}
                onClick={() => replace([scope], [])}
                className="ml-0.5 grid size-5 place-items-center rounded-full hover:bg-accent-line/60"
              >
                <X aria-hidden="true" className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <FieldError id={`${id}-error`} message={error} />
    </fieldset>
  );
}

interface ResourceRowProps {
  entry: PickerResource;
  selected: readonly Scope[];
  onChange: (scopes: Scope[]) => void;
}

function ResourceRow({ entry, selected, onChange }: ResourceRowProps) {
  const text = useText();
  const read = entry.scopes.find(({ scope }) => scope.endsWith(":read"));
  const write = entry.scopes.find(({ scope }) => scope.endsWith(":write"));
  const reads = read !== undefined && selected.includes(read.scope);
  const writes = write !== undefined && selected.includes(write.scope);
  const level: Level = writes ? "write" : reads ? "read" : "none";
  const description = (level === "write" ? write : read)?.description;
  const lacking = entry.scopes.filter(({ grantable }) => !grantable).map(({ scope }) => scope);

  function choose(next: Level) {
    const wanted = next === "none" ? [] : next === "read" ? [read] : [read, write];
    onChange(wanted.flatMap((option) => (option?.grantable ? [option.scope] : [])));
  }

  return (
    <li className="flex items-center justify-between gap-3 px-3 py-2 not-last:border-b max-sm:flex-wrap">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">{text.known(entry.label)}</p>
        <p className="text-xs text-muted">
          {description !== undefined && text.known(description)}
          {writes && !reads && ` ${text("Write without read.")}`}
        </p>
        {lacking.length > 0 && (
          <p className="text-xs text-warning-text">
            {text("You don't hold {scopes}.", { scopes: text.list(lacking) })}
          </p>
        )}
      </div>
      <Segmented<Level>
        legend={text.known(entry.label)}
        value={level}
        onValueChange={choose}
        segments={[
          { value: "none", label: text("None") },
          ...(read ? [segment("read", text("Read"), read, text)] : []),
          ...(write ? [segment("write", text("Write"), write, text)] : []),
        ]}
      />
    </li>
  );
}

function segment(value: Level, label: string, option: { scope: Scope; grantable: boolean }, text: Text) {
  return {
    value,
    label,
    emphasis: true,
    disabledReason: option.grantable ? undefined : text("You don't hold {scope}", { scope: option.scope }),
  };
}
