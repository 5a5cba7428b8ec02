import { Check, Minus } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { type PlanId, plans } from "@/lib/access/plans";

/** What is in every plan. */
const always = [
  { title: "Tenants and members", text: "As many as you need, with roles in the whole organization or in one tenant." },
  { title: "Token policy and webhooks", text: "For each tenant: what may be issued, and who is told what happens." },
  { title: "Audit log", text: "Everything done is on record, tamper-evident, to be read and exported." },
];

/** Organization settings → Plan: what it includes, in plain words. It is not changed here. */
export function PlanPanel({ plan }: { plan: PlanId }) {
  const { label, programmaticAccess } = plans[plan];
  return (
    <section aria-label="Plan" className="max-w-xl">
      <h2 className="flex items-center gap-2 text-lg font-semibold tracking-tight">
        Plan <Badge tone="accent">{label}</Badge>
      </h2>
      <p className="mt-0.5 text-muted">
        What your organization's plan includes. To change it, ask whoever runs this service.
      </p>
      <ul className="mt-4 grid gap-4 rounded-xl border bg-surface p-5 max-sm:p-4">
        <Feature
          title="Programmatic access"
          text={
            programmaticAccess
              ? "Programs call the API with API tokens, and people with personal tokens."
              : "Tokens are neither issued nor accepted. Those there are can be revoked; the others work again once the plan includes it."
          }
          isIncluded={programmaticAccess}
        />
        {always.map((feature) => (
          <Feature key={feature.title} {...feature} isIncluded />
        ))}
      </ul>
    </section>
  );
}

function Feature({ title, text, isIncluded }: { title: string; text: string; isIncluded: boolean }) {
  return (
    <li className="flex gap-3">
      {isIncluded ? (
        <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success-text" />
      ) : (
        <Minus aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
      )}
      <div>
        <h3 className="font-medium">
          {title}
          {!isIncluded && <span className="font-normal text-muted">: not included</span>}
        </h3>
        <p className="mt-0.5 text-muted">{text}</p>
      </div>
    </li>
  );
}
