import type { ReactNode } from "react";
import { ReauthenticationProvider } from "@/components/account/reauthentication";
import { reauthenticateAction } from "./profile/session-actions";

/** What every signed-in page stands in. */
export default function IdentityLayout({ children }: { children: ReactNode }) {
  return <ReauthenticationProvider reauthenticate={reauthenticateAction}>{children}</ReauthenticationProvider>;
}
