"use client";

import { clsx } from "clsx";
import { Search, X } from "lucide-react";
import { useRef } from "react";
import { useText } from "#text";
import { controlStyle } from "./control-style";

interface SearchInputProps {
  label: string;
  placeholder?: string;
  value: string;
  onValueChange: (value: string) => void;
  className?: string;
}

/** A search box with its icon and a way to clear it. */
export function SearchInput({ label, placeholder, value, onValueChange, className }: SearchInputProps) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={clsx("relative", className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        className={clsx(controlStyle, "h-8 pr-8 pl-8 max-sm:h-10 [&::-webkit-search-cancel-button]:hidden")}
      />
      {value !== "" && (
        <button
          type="button"
          aria-label={text("Clear search")}
          onClick={() => {
            onValueChange("");
            input.current?.focus();
          }}
          className="absolute top-1/2 right-1 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-muted hover:bg-hover hover:text-foreground"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
    </div>
  );
}
