"use client";

import { createContext, type ReactNode } from "react";
import type { Outcome } from "@/components/ui/use-submission";
import type { ReauthenticateInput } from "@/lib/sessions/schema";

export type Reauthenticate = (input: ReauthenticateInput) => Promise<Outcome<object>>;

/** How the password is confirmed; null where nobody is signed in. */
export const ReauthenticationContext = createContext<Reauthenticate | null>(null);

/** Lets forms below ask for the password where the server wants it anew. */
export function ReauthenticationProvider(props: { reauthenticate: Reauthenticate; children: ReactNode }) {
  return <ReauthenticationContext value={props.reauthenticate}>{props.children}</ReauthenticationContext>;
}
