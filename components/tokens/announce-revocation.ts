import { toast } from "sonner";
import type { Text } from "@/lib/text/text";
import type { RevokeRow } from "@/lib/tokens/schema";

/** Says what became of one token that was to be revoked. */
export function announceRevocation(outcome: RevokeRow["outcome"], name: string, text: Text) {
  if (outcome === "revoked") toast.success(text("Revoked “{name}”", { name }));
  else if (outcome === "already_revoked") toast.info(text("“{name}” was already revoked", { name }));
  else
    toast.error(text("“{name}” no longer exists", { name }), {
      description: text("It was removed before it could be revoked."),
    });
}
