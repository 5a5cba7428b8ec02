"use server";

import { refresh } from "next/cache";
import { cookies } from "next/headers";
import { z } from "zod";
import { changePassword } from "@/lib/account/change-password";
import { createPersonalToken, revokePersonalToken } from "@/lib/account/personal-tokens";
import { changePasswordSchema, createPersonalTokenSchema } from "@/lib/account/schema";
import { newSessionCookie } from "@/lib/auth";
import { runCallerAction } from "@/lib/gates/action";

const path = "/identity/profile";

/** Issues a personal token; the secret is in this answer and nowhere else. */
export async function createPersonalTokenAction(input: unknown) {
  const result = await runCallerAction({ input: createPersonalTokenSchema, path }, input, createPersonalToken);
  if (result.ok) refresh();
  return result;
}

/** Revokes a personal token at once. */
export async function revokePersonalTokenAction(id: string) {
  const result = await runCallerAction({ input: z.uuid(), path }, id, async (session, origin, tokenId) => ({
    token: await revokePersonalToken(session, origin, tokenId),
  }));
  if (result.ok) refresh();
  return result;
}

/** Changes the password, and keeps this browser signed in where every other one is signed out. */
export async function changePasswordAction(input: unknown) {
  return runCallerAction({ input: changePasswordSchema, path }, input, async (session, origin, change) => {
    const { sessionVersion } = await changePassword(session, origin, change);
    (await cookies()).set(
      await newSessionCookie({ userId: session.user.id, sessionVersion, sessionId: session.sessionId }),
    );
    return {};
  });
}
