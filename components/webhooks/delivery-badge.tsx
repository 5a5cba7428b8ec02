import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { DeliveryView } from "@/lib/webhooks/schema";

type Delivered = Pick<DeliveryView, "state" | "attempts">;

/** What has become of a delivery. */
export function DeliveryBadge({ delivery }: { delivery: Delivered }) {
  const [tone, label] = wordsOf(delivery);
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}

function wordsOf({ state, attempts }: Delivered): [BadgeTone, string] {
  if (state === "delivered") return ["success", "Delivered"];
  if (state === "failed") return ["danger", "Failed"];
  return attempts === 0 ? ["neutral", "Sending"] : ["warning", "Retrying"];
}
