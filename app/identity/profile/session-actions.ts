"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { runCallerAction } from "@/lib/gates/action";
import { revokeOtherSessions, revokeSession } from "@/lib/sessions/own";
import { reauthenticate } from "@/lib/sessions/reauthenticate";
import { reauthenticateSchema } from "@/lib/sessions/schema";

const path = "/identity/profile";

/** Ends one of the user's sessions. */
export async function revokeSessionAction(id: string) {
  const result = await runCallerAction({ input: z.uuid(), path }, id, async (session, origin, sessionId) => {
    await revokeSession(session, origin, sessionId);
    return {};
  });
  if (result.ok) refresh();
  return result;
}

/** Ends every session of the user's but this one. */
export async function revokeOtherSessionsAction() {
  const result = await runCallerAction({ input: z.undefined(), path }, undefined, revokeOtherSessions);
  if (result.ok) refresh();
  return result;
}

/** Confirms the password of whoever is in front of this session. */
export async function reauthenticateAction(input: unknown) {
  return runCallerAction({ input: reauthenticateSchema, path }, input, async (session, origin, confirmation) => {
    await reauthenticate(session, origin, confirmation);
    return {};
  });
}
