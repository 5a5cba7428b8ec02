import { CircleAlert } from "lucide-react";
import { useText } from "#text";

/** An error under a group that no single control owns. Focusable by script, so that a failed submit can lead there. */
export function FieldError({ id, message }: { id: string; message: string | undefined }) {
  const text = useText();
  if (message === undefined) return null;
  return (
    <p
      id={id}
      tabIndex={-1}
      data-field-error=""
      className="mt-1.5 flex items-start gap-1.5 rounded-sm text-xs text-danger-text"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
      {text.known(message)}
    </p>
  );
}
