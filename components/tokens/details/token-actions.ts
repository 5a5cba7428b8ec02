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
export function reasonsAgainst(token: TokenView, { canCreate, canWrite }: TokenRights) {
  return {
    create: reasonAgainst(canCreate),
    edit: token.status === "revoked" ? "A revoked token can't be changed." : reasonAgainst(canWrite),
    rotate:
      token.replacedById !== null
        ? "It has a successor already."
        : isWorking(token.status)
          ? reasonAgainst(canCreate)
          : `It is ${token.status}; create a replacement instead.`,
    revoke: token.status === "revoked" ? "It is already revoked." : reasonAgainst(canWrite),
    purge: isWorking(token.status) ? "It still works; revoke it first." : reasonAgainst(canWrite),
  };
}
