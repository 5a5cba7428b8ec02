import type { Metadata } from "next";
import { DocsColumns } from "@/components/docs/docs-columns";
import { DocsHeader } from "@/components/docs/docs-header";
import { Code, HeadingAnchor } from "@/components/docs/prose";
import { OperationNav } from "@/components/docs/reference/operation-nav";
import { OperationSection } from "@/components/docs/reference/operation-section";
import { referenceOf } from "@/components/docs/reference/view";
import { PageTitle } from "@/components/shell/page-title";
import { TextLink } from "@/components/ui/text-link";
import { apiDocument } from "../../api-document";

export const metadata: Metadata = {
  description: "Every operation of the API: what it needs, takes and answers.",
};

const groups = referenceOf(apiDocument);
const operations = groups.map(({ id, name, operations }) => ({
  id,
  name,
  operations: operations.map(({ id, method, path, summary, scope }) => ({ id, method, path, summary, scope })),
}));

/** The OpenAPI document in readable form. */
export default function ReferencePage() {
  return (
    <>
      <PageTitle parts={["API reference"]} />
      <DocsHeader current="reference" />
      <DocsColumns navigationLabel="Operations" navigation={<OperationNav groups={operations} />}>
        <h1 className="text-2xl font-semibold tracking-tight">API reference</h1>
        <p className="mt-2 max-w-2xl text-base leading-6 text-muted">
          Every operation, from the same schemas that validate the calls. As a file for tools:{" "}
          <TextLink href="/openapi.json" prefetch={false}>
            openapi.json
          </TextLink>{" "}
          (OpenAPI 3.1). The commands use <Code>$PRAXIS_URL</Code> and <Code>$PRAXIS_TOKEN</Code>, which the{" "}
          <TextLink href="/docs#start">guide</TextLink> sets, and <Code>$ID</Code> for the id in a path.
        </p>
        {groups.map(({ id, name, description, operations }) => (
          <section key={id} aria-labelledby={id} className="mt-12">
            <h2 id={id} className="group text-xl font-semibold tracking-tight">
              {name}
              <HeadingAnchor id={id} title={name} />
            </h2>
            <p className="mt-1 mb-6 text-muted">{description}</p>
            {operations.map((operation) => (
              <OperationSection key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
      </DocsColumns>
    </>
  );
}
