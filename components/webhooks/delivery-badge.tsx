import { useText } from "#text";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { message } from "@/lib/text/message";
import type { DeliveryView } from "@/lib/webhooks/schema";

type Delivered = Pick<DeliveryView, "state" | "attempts">;

/** What has become of a delivery. */
export function DeliveryBadge({ delivery }: { delivery: Delivered }) {
  const text = useText();
  const [tone, label] = wordsOf(delivery);
  return (
    <Badge tone={tone} dot>
      {text.known(label)}
    </Badge>
  );
}

function wordsOf({ state, attempts }: Delivered): [BadgeTone, string] {
  if (state === "delivered") return ["success", message("Delivered")];
  if (state === "failed") return ["danger", message("Failed")];
  return attempts === 0 ? ["neutral", message("Sending")] : ["warning", message("Retrying")];
}
