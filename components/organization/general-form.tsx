import { useText } from "#text";
import { FactList } from "@/components/shell/fact-list";
import { RenameForm, RequireSsoForm } from "@/components/shell/lazy-panels";
import type { Outcome } from "@/components/ui/use-submission";
import type { RequireSsoFormProps } from "./require-sso-form";

interface GeneralFormProps {
  organization: { id: string; name: string; ssoRequired: boolean };
  readOnlyReason: string | undefined;
  /** Null where there is no single sign-on to require, and none is required. */
  sso: Pick<RequireSsoFormProps, "readOnlyReason" | "setSsoRequired"> | null;
  rename: (input: { name: string }) => Promise<Outcome<object>>;
}

/** Organization settings → General. */
export function GeneralForm({ organization, readOnlyReason, sso, rename }: GeneralFormProps) {
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
      {sso !== null && (
        <RequireSsoForm
          key={String(organization.ssoRequired)}
          ssoRequired={organization.ssoRequired}
          readOnlyReason={sso.readOnlyReason}
          setSsoRequired={sso.setSsoRequired}
        />
      )}
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
