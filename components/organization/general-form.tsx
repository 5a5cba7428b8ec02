import { useText } from "#text";
import { FactList } from "@/components/shell/fact-list";
import { RenameForm } from "@/components/shell/lazy-panels";
import type { Outcome } from "@/components/ui/use-submission";

interface GeneralFormProps {
  organization: { id: string; name: string };
  readOnlyReason: string | undefined;
  rename: (input: { name: string }) => Promise<Outcome<object>>;
}

/** Organization settings → General. */
export function GeneralForm({ organization, readOnlyReason, rename }: GeneralFormProps) {
  const text = useText();
  return (
    <div className="max-w-xl">
      <h2 className="text-lg font-semibold tracking-tight">{text("General")}</h2>
      <RenameForm
        key={organization.name}
        noun="organization"
        name={organization.name}
        hint={text("Shown wherever its tenants and its members are.")}
        readOnlyReason={readOnlyReason}
        rename={rename}
      />
      <FactList
        facts={[
          {
            label: text("Organization ID"),
            value: null,
            copy: { text: organization.id, label: text("Copy organization ID") },
          },
        ]}
      />
    </div>
  );
}
