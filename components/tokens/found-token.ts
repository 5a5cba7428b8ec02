import type { Outcome } from "@/components/ui/use-submission";
import type { RevokeRow, TokenView } from "@/lib/tokens/schema";
import type { Permission } from "./permission";

/** The token that a secret turned out to be of. */
export interface FoundToken {
  token: TokenView;
  /** The tenant it is of; null for the user's own personal token. */
  context: { organizationId: string; tenantId: string } | null;
  /** Where that is, in words. */
  place: string;
  /** The page it is managed on. */
  href: string;
  canRevoke: Permission;
  /** The server's time of the answer, RFC 3339. */
  now: string;
}

export type IdentifyToken = (input: { secret: string }) => Promise<Outcome<FoundToken>>;

/** Revokes it as compromised. */
export type RevokeFoundToken = (
  found: Pick<FoundToken, "context"> & { id: string },
) => Promise<Outcome<{ outcome: RevokeRow["outcome"] }>>;
