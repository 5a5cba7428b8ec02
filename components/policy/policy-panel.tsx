import { useText } from "#text";
import { PolicyForm, ViolatorsList } from "../shell/lazy-panels";
import type { PolicyFormProps } from "./policy-form";
import type { ViolatorsListProps } from "./violators-list";

interface PolicyPanelProps extends PolicyFormProps {
  tenantName: string;
  /** Null for those who may not see tokens. */
  list: ViolatorsListProps | null;
}

/** Tenant settings → Policy. */
export function PolicyPanel({ tenantName, list, ...form }: PolicyPanelProps) {
  const text = useText();
  return (
    <div>
      <h2 className="text-lg font-semibold tracking-tight">{text("Token policy")}</h2>
      <p className="mt-0.5 max-w-2xl text-muted">
        {text(
          "What may be issued in {tenant} from now on. A stricter policy never stops a token that works; it shows which ones no longer fit. Only idle revocation ends tokens by itself.",
          { tenant: tenantName },
        )}
      </p>
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        {/* A saved policy is a new form: nothing typed before it is left. */}
        <PolicyForm key={JSON.stringify(form.policy)} {...form} />
        {list !== null && <ViolatorsList {...list} />}
      </div>
    </div>
  );
}
