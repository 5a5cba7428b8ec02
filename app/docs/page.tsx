import type { Metadata } from "next";
import { connection } from "next/server";
import { DocsColumns } from "@/components/docs/docs-columns";
import { DocsHeader } from "@/components/docs/docs-header";
import { DocsNav } from "@/components/docs/docs-nav";
import { guideContents } from "@/components/docs/guide/contents";
import { Context } from "@/components/docs/guide/context";
import { Errors } from "@/components/docs/guide/errors";
import { Lifecycle } from "@/components/docs/guide/lifecycle";
import { Patterns } from "@/components/docs/guide/patterns";
import { RateLimits } from "@/components/docs/guide/rate-limits";
import { Scopes } from "@/components/docs/guide/scopes";
import { Scripts } from "@/components/docs/guide/scripts";
import { SecretScanning } from "@/components/docs/guide/secret-scanning";
import { Start } from "@/components/docs/guide/start";
import { Store } from "@/components/docs/guide/store";
import { referenceOf } from "@/components/docs/reference/view";
import { TableOfContents } from "@/components/docs/table-of-contents";
import { PageTitle } from "@/components/shell/page-title";
import { problemStatus } from "@/lib/errors";
import { serviceUrl } from "@/lib/gates/service-url";
import { problemCodes, problemTexts } from "@/lib/openapi/problems";
import { secretPattern } from "@/lib/tokens/secret";
import { apiDocument } from "../api-document";

export const metadata: Metadata = {
  description: "How programs call the API: tokens, context, scopes, secrets, errors and limits.",
};

/** The guide to using tokens, for anyone. */
export default async function GuidePage() {
  // The address in the examples is known when the service runs, not when it is built.
  await connection();
  return (
    <>
      <PageTitle parts={["Using API tokens"]} />
      <DocsHeader current="guide" />
      <DocsColumns
        navigationLabel="All pages"
        navigation={<DocsNav sections={navigation} />}
        contents={<TableOfContents label="On this page" entries={guideContents} />}
      >
        <h1 className="text-2xl font-semibold tracking-tight">Using API tokens</h1>
        <p className="mt-2 mb-10 text-lg text-muted">
          All that a program needs to call Praxis: from the first call to the day its token is replaced.
        </p>
        <div>
          <Start origin={serviceUrl()} />
          <Context />
          <Scopes />
          <Patterns />
          <Scripts />
          <Store />
          <Lifecycle />
          <SecretScanning pattern={secretPattern} />
          <Errors
            problems={problemCodes.map((code) => ({ code, status: problemStatus[code], ...problemTexts[code] }))}
          />
          <RateLimits />
        </div>
      </DocsColumns>
    </>
  );
}

/** The whole documentation. */
const navigation = [
  { label: "Guide", items: guideContents.map(({ id, label }) => ({ label, href: `#${id}` })) },
  {
    label: "API reference",
    items: referenceOf(apiDocument).map(({ id, name }) => ({ label: name, href: `/docs/reference#${id}` })),
  },
];
