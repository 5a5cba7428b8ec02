import { SsoRequired } from "@/components/shell/states";
import type { SessionPrincipal } from "@/lib/access/principal";
import { singleSignOnPath } from "@/lib/gates/return-to";
import { ssoSettings } from "@/lib/sso/settings";

interface Place {
  /** The organization that the address names, if it names one. */
  organizationId: unknown;
  /** Whether the user has rights in any organization. */
  hasOther: boolean;
  returnTo: string;
}

/** What to show where the user has no rights because they came by a password; null where that is not why. */
export function ssoRequiredState({ ssoRequiredIn }: SessionPrincipal, { organizationId, hasOther, returnTo }: Place) {
  const isWhy =
    organizationId === undefined || organizationId === null
      ? !hasOther && ssoRequiredIn.length > 0
      : ssoRequiredIn.some((id) => id === organizationId);
  if (!isWhy) return null;
  const settings = ssoSettings();
  return <SsoRequired sso={settings && { name: settings.name, href: singleSignOnPath(returnTo) }} />;
}
