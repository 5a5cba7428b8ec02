import { z } from "zod";
import type { Origin } from "@/lib/access/principal";
import { recordAccountAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { verifyPassword } from "@/lib/passwords";

const credentialsSchema = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().min(1).max(1024),
});

export interface SignedInUser {
  id: string;
  sessionVersion: number;
}

/**
 * Checks an e-mail and password. Null when they do not match or the user is disabled, in the same time and with the
 * same answer whether or not the user exists. Throws when the database cannot say. Both outcomes are audited.
 */
export async function signIn(
  credentials: { email: string; password: string },
  origin: Origin,
): Promise<SignedInUser | null> {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) return null;
  try {
    const { email, password } = parsed.data;
    const user = await db.user.findUnique({
      where: { email },
      select: { id: true, name: true, passwordHash: true, sessionVersion: true, disabledAt: true },
    });
    const matches = await verifyPassword(user?.passwordHash ?? null, password);
    const succeeded = user !== null && matches && user.disabledAt === null;
    const actor = user
      ? ({ kind: "user", id: user.id, label: user.name } as const)
      : ({ kind: "anonymous", id: null, label: "Unknown account" } as const);
    await recordAccountAudit(
      db,
      { userId: user?.id ?? null, actor, origin },
      succeeded
        ? { action: "session.started" }
        : { action: "session.refused", outcome: "denied", reason: refusalReason(user, matches) },
    );
    return succeeded ? { id: user.id, sessionVersion: user.sessionVersion } : null;
  } catch (error) {
    log.error({ err: error, correlationId: origin.correlationId }, "Sign-in could not be decided");
    // next-auth puts this message where the sign-in form finds it.
    throw new Error("unavailable");
  }
}

function refusalReason(user: { disabledAt: Date | null } | null, matches: boolean): string {
  if (!user) return "unknown_account";
  return matches ? "account_disabled" : "wrong_password";
}
