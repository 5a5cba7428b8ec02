"use client";

import { Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useText } from "#text";
import { FieldError } from "@/components/ui/field-error";
import { Input } from "@/components/ui/input";
import { auditFilterSchema } from "@/lib/audit/schema";
import type { AuditPivot } from "./audit-event-details";

interface AuditLookupProps {
  /** Whether an id is known to be of somebody who did things, rather than of what they were done to. */
  isActor: (id: string) => boolean;
  onFound: (pivot: AuditPivot) => void;
}

/** Finds events by what support requests and other logs name them with: an id, an address, a correlation ID. */
export function AuditLookup({ isActor, onFound }: AuditLookupProps) {
  const text = useText();
  const [typed, setTyped] = useState("");
  const [unknown, setUnknown] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const pivot = recognize(typed.trim().toLowerCase(), isActor);
    setUnknown(pivot === null && typed.trim() !== "");
    if (pivot === null) return;
    setTyped("");
    onFound(pivot);
  }

  return (
    <form onSubmit={submit} className="w-full min-w-0 @2xl:w-80">
      <div className="relative">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
        />
        <Input
          type="search"
          aria-label={text("Find by ID, address or correlation ID")}
          placeholder={text("ID, address or correlation ID")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setUnknown(false);
          }}
          autoComplete="off"
          spellCheck={false}
          {...(unknown && { "aria-invalid": true, "aria-describedby": "audit-lookup-error" })}
          className="pl-8 [&::-webkit-search-cancel-button]:hidden"
        />
      </div>
      <div role="alert">
        <FieldError
          id="audit-lookup-error"
          message={
            unknown
              ? text("Paste the ID of a token or person, an IP address, or a correlation ID (32 hexadecimal digits).")
              : undefined
          }
        />
      </div>
    </form>
  );
}

const { actor, address, correlationId } = auditFilterSchema.shape;

/** What kind of value a text is; null for none that events are found by. */
export function recognize(text: string, isActor: (id: string) => boolean): AuditPivot | null {
  if (text === "") return null;
  if (correlationId.safeParse(text).success) return { filter: "correlationId", value: text };
  if (address.safeParse(text).success) return { filter: "address", value: text };
  if (actor.safeParse(text).success) return { filter: isActor(text) ? "actor" : "target", value: text };
  return null;
}
