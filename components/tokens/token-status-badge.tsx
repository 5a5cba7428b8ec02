import { useText } from "#text";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { message } from "@/lib/text/message";
import type { TokenStatus } from "@/lib/tokens/vocabulary";

const looks: Readonly<Record<TokenStatus, { label: string; tone: BadgeTone }>> = {
  active: { label: message("Active"), tone: "success" },
  expiring: { label: message("Expiring"), tone: "warning" },
  expired: { label: message("Expired"), tone: "neutral" },
  superseded: { label: message("Superseded"), tone: "neutral" },
  revoked: { label: message("Revoked"), tone: "danger" },
};

export function TokenStatusBadge({ status }: { status: TokenStatus }) {
  const text = useText();
  const { label, tone } = looks[status];
  return (
    <Badge tone={tone} dot>
      {text.known(label)}
    </Badge>
  );
}
