import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { TokenStatus } from "@/lib/tokens/vocabulary";

const looks: Readonly<Record<TokenStatus, { label: string; tone: BadgeTone }>> = {
  active: { label: "Active", tone: "success" },
  expiring: { label: "Expiring", tone: "warning" },
  expired: { label: "Expired", tone: "neutral" },
  superseded: { label: "Superseded", tone: "neutral" },
  revoked: { label: "Revoked", tone: "danger" },
};

export function TokenStatusBadge({ status }: { status: TokenStatus }) {
  const { label, tone } = looks[status];
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}
