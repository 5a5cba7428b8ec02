"use client";

import { useText } from "#text";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import { message } from "@/lib/text/message";
import { type RevokedReason, revokedReasons } from "@/lib/tokens/vocabulary";

/** Why tokens are revoked, as a form holds it. */
export interface RevokeWhy {
  reason: RevokedReason | null;
  note: string;
}

export const noReasonYet: RevokeWhy = { reason: null, note: "" };

/** What is still missing; the server demands the same. */
export function missingWhy({ reason, note }: RevokeWhy): { path: "reason" | "note"; message: string }[] {
  if (reason === null) return [{ path: "reason", message: message("Choose a reason") }];
  if (reason === "other" && note.trim() === "")
    return [{ path: "note", message: message("Say why, so that others can understand it") }];
  return [];
}

interface RevokeReasonProps {
  why: RevokeWhy;
  onWhyChange: (why: RevokeWhy) => void;
  errorAt: (path: string) => string | undefined;
}

/** The reason and the note that stay with a revoked token for good. */
export function RevokeReason({ why, onWhyChange, errorAt }: RevokeReasonProps) {
  const text = useText();
  return (
    <>
      <RadioCards<RevokedReason>
        legend={text("Reason")}
        dense
        options={revokedReasons.map((value) => ({
          value,
          label: text.known(reasonTexts[value].label),
          description: text.known(reasonTexts[value].description),
        }))}
        value={why.reason}
        onValueChange={(reason) => onWhyChange({ ...why, reason })}
        error={errorAt("reason")}
      />
      <Field
        label={text("Note")}
        optional={why.reason !== "other"}
        error={errorAt("note")}
        hint={text("Kept with the token and in the audit log.")}
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
  compromised: { label: message("Compromised"), description: message("The secret leaked, or may have.") },
  rotated: { label: message("Rotated"), description: message("Another token has taken its place.") },
  unused: { label: message("Unused"), description: message("Nothing calls with it any more.") },
  offboarding: { label: message("Offboarding"), description: message("A person or a system is leaving.") },
  other: { label: message("Other"), description: message("Say why in the note.") },
};
