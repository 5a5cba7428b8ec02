import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import type { SsoFailure } from "@/lib/sessions/schema";

/** What became of signing in at the OpenID provider, and what to do. It says nothing that a stranger should not read. */
export function SsoFailureBanner({ failure, name }: { failure: SsoFailure; name: string }) {
  const text = useText();
  const { outcome, correlationId } = failure;
  const said = {
    unavailable: text("{name} can't be reached right now, or isn't set up rightly here. Try again shortly.", { name }),
    cancelled: text("You did not sign in at {name}. Try again when you are ready.", { name }),
    throttled: text("Too many sign-ins failed from your address. Try again in some minutes."),
    refused: text("You could not be signed in. Try again; if it fails once more, ask an administrator."),
  }[outcome];
  return (
    <Banner tone={outcome === "cancelled" ? "info" : "danger"} announce className="mb-4">
      <p>{said}</p>
      {outcome !== "cancelled" && (
        <p className="mt-1 text-xs break-all text-muted">{text("Reference: {id}", { id: correlationId })}</p>
      )}
    </Banner>
  );
}
