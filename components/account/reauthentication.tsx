"use client";

import { createContext, type ReactNode } from "react";
import type { Outcome } from "@/components/ui/use-submission";
import type { ReauthenticateInput } from "@/lib/sessions/schema";

export type Reauthenticate = (input: ReauthenticateInput) => Promise<Outcome<object>>;

/** How somebody confirms who they are: as they signed in. */
export type Reauthentication =
  | { by: "password"; reauthenticate: Reauthenticate }
  | { by: "sso"; name: string; href: string };

/** Where the tab in which somebody confirmed who they are tells the one that asked. */
export const confirmationChannel = "praxis-confirmation";

/** How whoever is signed in confirms who they are; null where nobody is. */
export const ReauthenticationContext = createContext<Reauthentication | null>(null);

/** Lets forms below ask who is there where the server wants it anew. */
export function ReauthenticationProvider(props: { reauthentication: Reauthentication; children: ReactNode }) {
  return <ReauthenticationContext value={props.reauthentication}>{props.children}</ReauthenticationContext>;
}
