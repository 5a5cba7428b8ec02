"use client";

import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import { type RevokedReason, revokedReasons } from "@/lib/tokens/vocabulary";

/** Why tokens are revoked, as a form holds it. */
export interface RevokeWhy {
  reason: RevokedReason | null;
  note: string;
}

export const noReasonYet: RevokeWhy = { reason: null, note: "" };

/** What is still missing; the server demands the same. */
export function missingWhy({ reason, note }: RevokeWhy): { path: "reason" | "note"; message: string }[] {
  if (reason === null) return [{ path: "reason", message: "Choose a reason" }];
  if (reason === "other" && note.trim() === "")
    return [{ path: "note", message: "Say why, so that others can understand it" }];
  return [];
}

interface RevokeReasonProps {
  why: RevokeWhy;
  onWhyChange: (why: RevokeWhy) => void;
  errorAt: (path: string) => string | undefined;
}

/** The reason and the note that stay with a revoked token for good. */
export function RevokeReason({ why, onWhyChange, errorAt }: RevokeReasonProps) {
  return (
    <>
      <RadioCards<RevokedReason>
        legend="Reason"
        dense
        options={revokedReasons.map((value) => ({ value, ...reasonTexts[value] }))}
        value={why.reason}
        onValueChange={(reason) => onWhyChange({ ...why, reason })}
        error={errorAt("reason")}
      />
      <Field
        label="Note"
        optional={why.reason !== "other"}
        error={errorAt("note")}
        hint="Kept with the token and in the audit log."
      >
        <Textarea
          name="note"
          value={why.note}
          onValueChange={(note) => onWhyChange({ ...why, note })}
          maxLength={500}
        />
      </Field>
    </>
  );
}

const reasonTexts: Readonly<Record<RevokedReason, { label: string; description: string }>> = {
  compromised: { label: "Compromised", description: "The secret leaked, or may have." },
  rotated: { label: "Rotated", description: "Another token has taken its place." },
  unused: { label: "Unused", description: "Nothing calls with it any more." },
  offboarding: { label: "Offboarding", description: "A person or a system is leaving." },
  other: { label: "Other", description: "Say why in the note." },
};
