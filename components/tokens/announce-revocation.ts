import { toast } from "sonner";
import type { RevokeRow } from "@/lib/tokens/schema";

/** Says what became of one token that was to be revoked. */
export function announceRevocation(outcome: RevokeRow["outcome"], name: string) {
  if (outcome === "revoked") toast.success(`Revoked “${name}”`);
  else if (outcome === "already_revoked") toast.info(`“${name}” was already revoked`);
  else toast.error(`“${name}” no longer exists`, { description: "It was removed before it could be revoked." });
}
