import { useText } from "#text";
import { FactList } from "@/components/shell/fact-list";
import { RenameForm } from "@/components/shell/lazy-panels";
import { utcDay } from "@/components/ui/dates";
import type { Outcome } from "@/components/ui/use-submission";

interface GeneralPanelProps {
  tenant: { id: string; name: string; organization: { id: string; name: string }; createdAt: string };
  /** Why it cannot be renamed here; undefined when it can. */
  readOnlyReason: string | undefined;
  rename: (input: { name: string }) => Promise<Outcome<object>>;
}

/** Tenant settings → General. */
export function GeneralPanel({ tenant, readOnlyReason, rename }: GeneralPanelProps) {
  const text = useText();
  return (
    <div className="max-w-xl">
      <h2 className="text-lg font-semibold tracking-tight">{text("General")}</h2>
      <RenameForm
        key={tenant.name}
        noun="tenant"
        name={tenant.name}
        hint={text("The ID stays the same, so tokens, scripts and links keep working.")}
        readOnlyReason={readOnlyReason}
        rename={rename}
      />
      <FactList
        facts={[
          { label: text("Tenant ID"), value: null, copy: { text: tenant.id, label: text("Copy tenant ID") } },
          { label: text("Organization"), value: tenant.organization.name },
          {
            label: text("Organization ID"),
            value: null,
            copy: { text: tenant.organization.id, label: text("Copy organization ID") },
          },
          { label: text("Created"), value: utcDay(Date.parse(tenant.createdAt), text) },
        ]}
      />
    </div>
  );
}
