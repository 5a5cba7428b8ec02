import { createHmac, hkdfSync } from "node:crypto";
import type { Grant } from "@/lib/access/decide";
import type { Principal } from "@/lib/access/principal";
import type { Scope } from "@/lib/access/scopes";
import type { Prisma } from "@/lib/db/generated/client";
import { Problem } from "@/lib/errors";
import { seal, unseal } from "@/lib/seal";

/** How long a retry gets the first answer again. */
export const keptSeconds = 10 * 60;

/** A caller's request under a key. */
export interface KeyedRequest {
  grant: Grant<Scope>;
  key: string;
  /** What is done, such as "create"; part of the input. */
  operation: string;
  input: unknown;
}

/**
 * Claims the key for a request that is about to issue a secret. Null: it is the first, and the secret is kept, encrypted.
 * Otherwise the secret that the first one issued; one that is still at it is waited for. Throws 409 when the key stands
 * for another request. Another caller's key, or the same in another tenant, is another key.
 */
export async function claimKey(
  transaction: Prisma.TransactionClient,
  { grant, key, operation, input }: KeyedRequest,
  secret: string,
): Promise<string | null> {
  const { keyHash, sealingKey, inputKey } = derive(grant, key);
  const inputHash = Uint8Array.from(
    createHmac("sha256", inputKey)
      .update(canonical([operation, input]))
      .digest(),
  );
  const sealed = seal(secret, sealingKey, keyHash);
  const claimed = await transaction.$executeRaw`
    insert into idempotency_keys (key_hash, input_hash, secret, expires_at)
    values (${keyHash}, ${inputHash}, ${sealed}, now() + make_interval(secs => ${keptSeconds}))
    on conflict (key_hash) do update
      set input_hash = excluded.input_hash, secret = excluded.secret, expires_at = excluded.expires_at
      where idempotency_keys.expires_at <= now()`;
  if (claimed > 0) return null;
  const first = await transaction.idempotencyKey.findUnique({ where: { keyHash } });
  if (first === null) throw conflict("This Idempotency-Key has just expired; look for what it did, or send a new one");
  if (!inputHash.every((byte, index) => byte === first.inputHash[index]))
    throw conflict("This Idempotency-Key was used for another request; send that one again, or a new key");
  const issued = unseal(first.secret, sealingKey, keyHash);
  if (issued === null) throw conflict("What this Idempotency-Key issued cannot be read any more; send a new key");
  return issued;
}

/** 409 for a key that gives no answer. */
export function conflict(message: string): Problem {
  return new Problem({ code: "conflict" }, message);
}

/** Whoever has the database alone can tell from none of these what the key was, nor try out keys. */
function derive({ principal, organizationId, tenantId }: Grant<Scope>, key: string) {
  const secret = process.env.NEXTAUTH_SECRET;
  if (!secret) throw new Error("NEXTAUTH_SECRET is not set: start the service with `npm start`.");
  const fence = `praxis-identity idempotency ${organizationId} ${tenantId} ${callerOf(principal)}`;
  const bytes = new Uint8Array(hkdfSync("sha256", secret, key, fence, 96));
  return { keyHash: bytes.slice(0, 32), sealingKey: bytes.slice(32, 64), inputKey: bytes.slice(64) };
}

function callerOf(principal: Principal): string {
  return principal.kind === "session" ? `user ${principal.user.id}` : `token ${principal.token.id}`;
}

/** The same text for the same input, in whatever order its fields came. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
