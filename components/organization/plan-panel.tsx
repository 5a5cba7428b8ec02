import { Check, Minus } from "lucide-react";
import { useText } from "#text";
import { Badge } from "@/components/ui/badge";
import { type PlanId, plans } from "@/lib/access/plans";
import { message } from "@/lib/text/message";

/** What is in every plan. */
const always = [
  {
    title: message("Tenants and members"),
    text: message("As many as you need, with roles in the whole organization or in one tenant."),
  },
  {
    title: message("Token policy and webhooks"),
    text: message("For each tenant: what may be issued, and who is told what happens."),
  },
  {
    title: message("Audit log"),
    text: message("Everything done is on record, tamper-evident, to be read and exported."),
  },
];

/** Organization settings → Plan: what it includes, in plain words. It is not changed here. */
export function PlanPanel({ plan }: { plan: PlanId }) {
  const text = useText();
  const { label, programmaticAccess } = plans[plan];
  return (
    <section aria-label={text("Plan")} className="max-w-xl">
      <h2 className="flex items-center gap-2 text-lg font-semibold tracking-tight">
        {text("Plan")} <Badge tone="accent">{text.known(label)}</Badge>
      </h2>
      <p className="mt-0.5 text-muted">
        {text("What your organization's plan includes. To change it, ask whoever runs this service.")}
      </p>
      <ul className="mt-4 grid gap-4 rounded-xl border bg-surface p-5 max-sm:p-4">
        <Feature
          title={text("Programmatic access")}
          text={
            programmaticAccess
              ? text("Programs call the API with API tokens, and people with personal tokens.")
              : text(
                  "Tokens are neither issued nor accepted. Those there are can be revoked; the others work again once the plan includes it.",
                )
          }
          isIncluded={programmaticAccess}
        />
        {always.map((feature) => (
          <Feature key={feature.title} title={text.known(feature.title)} text={text.known(feature.text)} isIncluded />
        ))}
      </ul>
    </section>
  );
}

function Feature(props: { title: string; text: string; isIncluded: boolean }) {
  const text = useText();
  const { title, isIncluded } = props;
  return (
    <li className="flex gap-3">
      {isIncluded ? (
        <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success-text" />
      ) : (
        <Minus aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
      )}
      <div>
        <h3 className="font-medium">
          {isIncluded
            ? title
            : text.rich("{feature}<muted>: not included</muted>", {
                feature: title,
                muted: (content) => <span className="font-normal text-muted">{content}</span>,
              })}
        </h3>
        <p className="mt-0.5 text-muted">{props.text}</p>
      </div>
    </li>
  );
}
