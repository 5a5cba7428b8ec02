import { createHash, hkdfSync } from "node:crypto";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { seal, unseal } from "@/lib/seal";

/** How long a person may take at the provider. */
export const attemptSeconds = 10 * 60;

const attemptSchema = z.object({
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  startedAt: z.number(),
  /** The session that asks for its user anew; null: a sign-in. */
  reauthenticates: z.uuid().nullable(),
});

/** A sign-in that is under way. The browser that began it keeps it, encrypted, in a cookie of its own. */
export type Attempt = z.infer<typeof attemptSchema>;

/** The cookie's content: only with the state it was made for can it be read again. */
export function sealAttempt(attempt: Attempt, state: string): string {
  return Buffer.from(seal(JSON.stringify(attempt), key(), Buffer.from(state))).toString("base64url");
}

/** The attempt in a cookie; null when it is not for this state, or too old. */
export function unsealAttempt(cookie: string | undefined, state: string): Attempt | null {
  const sealed = Buffer.from(cookie ?? "", "base64url");
  const json = sealed.length > 28 ? unseal(sealed, key(), Buffer.from(state)) : null;
  if (json === null) return null;
  const attempt = attemptSchema.parse(JSON.parse(json));
  return attempt.startedAt + attemptSeconds * 1000 > Date.now() ? attempt : null;
}

/** Whether this is the first return of a state: of many at once, one is. */
export async function claimState(state: string): Promise<boolean> {
  const stateHash = new Uint8Array(createHash("sha256").update(state).digest());
  // Longer than any cookie with it works, whatever the clocks say.
  const expiresAt = new Date(Date.now() + 2 * attemptSeconds * 1000);
  const { count } = await db.ssoReturn.createMany({ data: [{ stateHash, expiresAt }], skipDuplicates: true });
  return count === 1;
}

function key(): Uint8Array {
  const secret = process.env.NEXTAUTH_SECRET;
  if (!secret) throw new Error("NEXTAUTH_SECRET is not set: start through server.ts");
  return new Uint8Array(hkdfSync("sha256", secret, "", "praxis-identity single sign-on", 32));
}
