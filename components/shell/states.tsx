import { clsx } from "clsx";
import { Building2, KeyRound, Lock, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "#text";
import { ButtonLink } from "@/components/ui/button-link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Scope } from "@/lib/access/scopes";
import { message } from "@/lib/text/message";

interface TenantLink {
  name: string;
  href: string;
}

/** The address names no tenant. */
export function NoTenantChosen({ tenants }: { tenants: readonly TenantLink[] }) {
  const text = useText();
  return (
    <State
      icon={<Building2 />}
      title={text("Choose a tenant")}
      text={
        tenants.length === 0
          ? text("You have no access to any tenant yet. Ask an administrator of your organization to add you to one.")
          : text("API tokens belong to a tenant. Choose one here or from the menu at the top.")
      }
      action={tenants.map((tenant) => (
        <ButtonLink key={tenant.href} href={tenant.href}>
          {tenant.name}
        </ButtonLink>
      ))}
    />
  );
}

/** There is no such tenant, or it is not the user's to know of: the two look the same. */
export function TenantNotFound({ fallback }: { fallback: TenantLink | null }) {
  const text = useText();
  return (
    <State
      icon={<SearchX />}
      title={text("Tenant not found")}
      text={text(
        "This tenant doesn't exist or you don't have access to it. Check the address, or ask an administrator to add you.",
      )}
      action={
        fallback !== null && (
          <ButtonLink href={fallback.href}>{text("Go to {name}", { name: fallback.name })}</ButtonLink>
        )
      }
    />
  );
}

/** The user is a member, but came by a password where the organization wants single sign-on. */
export function SsoRequired({ sso }: { sso: { name: string; href: string } | null }) {
  const text = useText();
  return (
    <State
      icon={<KeyRound />}
      title={text("This organization requires single sign-on")}
      text={
        sso === null
          ? text("It isn't set up any more. Ask an owner of the organization: they can still sign in with a password.")
          : text(
              "You signed in with a password, which gives you no rights here. Nothing is lost: sign in the other way.",
            )
      }
      action={
        sso !== null && (
          // Not a Link: it leads out of the app.
          <a href={sso.href} className={buttonStyle("primary", "md")}>
            {text("Continue with {name}", { name: sso.name })}
          </a>
        )
      }
    />
  );
}

/** There is no such organization, or it is not the user's to know of: the two look the same. */
export function OrganizationNotFound() {
  const text = useText();
  return (
    <State
      icon={<SearchX />}
      title={text("Organization not found")}
      text={text(
        "This organization doesn't exist or you are not a member of it. Check the address, or ask an owner to add you.",
      )}
      action={<ButtonLink href="/">{text("Go to your API tokens")}</ButtonLink>}
    />
  );
}

interface NoPermissionProps<What> {
  scope: Scope;
  what: What;
}

const unseen = {
  audit: message("You can't see the audit log here"),
  policy: message("You can't see the token policy here"),
  tenant: message("You can't see the tenant's settings here"),
  tokens: message("You can't see API tokens here"),
  webhooks: message("You can't see webhooks here"),
} as const;

const unseenOfOrganization = {
  audit: message("You can't see the audit log"),
  members: message("You can't see the members"),
  organization: message("You can't see the organization"),
  plan: message("You can't see the plan"),
  tenants: message("You can't see the tenants"),
  tokens: message("You can't see the organization's tokens"),
} as const;

/** The user is in the tenant, but may not see this of it. */
export function NoPermission({ scope, what }: NoPermissionProps<keyof typeof unseen>) {
  const text = useText();
  return (
    <State
      icon={<Lock />}
      title={text.known(unseen[what])}
      text={text.rich(
        "Your role in this tenant doesn't include <code>{scope}</code>. Ask an administrator for a role that does.",
        { scope, code },
      )}
    />
  );
}

/** The user is in the organization, but may not see this of it. */
export function NoOrganizationPermission({ scope, what }: NoPermissionProps<keyof typeof unseenOfOrganization>) {
  const text = useText();
  return (
    <State
      icon={<Lock />}
      title={text.known(unseenOfOrganization[what])}
      text={text.rich(
        "It takes a role in the whole organization that includes <code>{scope}</code>: owner or admin. Ask an owner for it.",
        { scope, code },
      )}
    />
  );
}

interface ListSkeletonProps {
  /** What assistive technology is told: "Loading webhooks". */
  label: string;
  rows?: number;
  /** Whether a row of filters stands above the list. */
  toolbar?: boolean;
}

/** The place of a list while it loads: the same height per row, so nothing jumps. */
export function ListSkeleton({ label, rows = 5, toolbar = false }: ListSkeletonProps) {
  return (
    <div role="status" aria-label={label}>
      <div className="mb-5 grid h-[46px] content-between py-1">
        <Skeleton className="h-4 w-28" />
        <Skeleton className="w-72 max-w-full" />
      </div>
      {toolbar && (
        <div className="mb-3 flex gap-2">
          <Skeleton className="h-8 w-72 rounded-md" />
          <Skeleton className="h-8 w-44 rounded-md max-sm:hidden" />
          <Skeleton className="h-8 w-20 rounded-md max-sm:hidden" />
          <Skeleton className="ml-auto h-8 w-20 rounded-md max-sm:hidden" />
        </div>
      )}
      <div className="overflow-hidden rounded-xl border bg-surface">
        <div className="h-9 border-b bg-subtle/60" />
        {Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: identical, fixed placeholders
          <div key={index} className="flex h-[57px] items-center gap-6 px-4 not-last:border-b">
            <div className={clsx("grid min-w-32 gap-2", toolbar ? "w-1/4" : "w-1/3")}>
              <Skeleton className="w-1/2" />
              <Skeleton className="h-2.5 w-3/4" />
            </div>
            <Skeleton className="w-28 max-sm:hidden" />
            {toolbar && <Skeleton className="w-20 max-sm:hidden" />}
            <Skeleton className="ml-auto h-5 w-16 rounded-full" />
          </div>
        ))}
      </div>
    </div>
  );
}

function code(content: ReactNode) {
  return <code className="font-mono text-foreground">{content}</code>;
}

function State({ icon, title, text, action }: { icon: ReactNode; title: string; text: ReactNode; action?: ReactNode }) {
  const hasAction = action !== undefined && action !== false && !(Array.isArray(action) && action.length === 0);
  return (
    <div className="rounded-xl border bg-surface">
      <EmptyState headingLevel={2} icon={icon} title={title} text={text} {...(hasAction && { action })} />
    </div>
  );
}
