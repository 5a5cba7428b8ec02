import type { Text } from "@/lib/text/text";
import type { TokenView } from "@/lib/tokens/schema";
import { isWorking } from "@/lib/tokens/vocabulary";
import { type Permission, reasonAgainst } from "../permission";

/** What a user may do here. */
export interface TokenRights {
  /** Whether tokens may be issued here, by this user and under this plan. */
  canCreate: Permission;
  canWrite: Permission;
}

/** Why each thing cannot be done with a token; undefined for what can. */
export function reasonsAgainst(token: TokenView, { canCreate, canWrite }: TokenRights, text: Text) {
  return {
    create: reasonAgainst(canCreate),
    edit: token.status === "revoked" ? text("A revoked token can't be changed.") : reasonAgainst(canWrite),
    rotate:
      token.replacedById !== null
        ? text("It has a successor already.")
        : isWorking(token.status)
          ? reasonAgainst(canCreate)
          : token.status === "revoked"
            ? text("It is revoked; create a replacement instead.")
            : text("It is expired; create a replacement instead."),
    revoke: token.status === "revoked" ? text("It is already revoked.") : reasonAgainst(canWrite),
    purge: isWorking(token.status) ? text("It still works; revoke it first.") : reasonAgainst(canWrite),
  };
}
