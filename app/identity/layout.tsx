import type { ReactNode } from "react";
import { ReauthenticationProvider } from "@/components/account/reauthentication";
import { ssoSettings } from "@/lib/sso/settings";
import { reauthenticateAction } from "./profile/session-actions";
import { currentPlaces } from "./settings/places";

/** What every signed-in page stands in. */
export default async function IdentityLayout({ children }: { children: ReactNode }) {
  const method = (await currentPlaces())?.session.method ?? "password";
  return (
    <ReauthenticationProvider
      reauthentication={
        method === "sso"
          ? { by: "sso", name: ssoSettings()?.name ?? "", href: "/sign-in/sso?confirm" }
          : { by: "password", reauthenticate: reauthenticateAction }
      }
    >
      {children}
    </ReauthenticationProvider>
  );
}
