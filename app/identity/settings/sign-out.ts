"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { sessionCookie } from "@/lib/auth";
import { currentOrigin } from "@/lib/gates/page";
import { endCookieSession } from "@/lib/gates/sign-out";

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  const jar = await cookies();
  await endCookieSession(jar.toString(), await currentOrigin("POST", "/sign-out"));
  jar.delete(sessionCookie());
  redirect("/sign-in");
}
