"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { sessionCookie } from "@/lib/auth";

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  (await cookies()).delete(sessionCookie());
  redirect("/sign-in");
}
