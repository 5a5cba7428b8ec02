import { Example } from "../example";
import { Code, DocTable, P, Section } from "../prose";

/** The context headers. */
export function Context() {
  return (
    <Section id="context" title="Say where: context headers">
      <P>
        Every call takes place in one organization and, mostly, in one of its tenants. Two headers, both UUIDs, name
        them: <Code>x-ne-org-id</Code> and <Code>x-ne-tenant-id</Code>.
      </P>
      <DocTable
        label="Who sends context headers"
        head={["Caller", "Headers"]}
        columns={["font-medium sm:whitespace-nowrap"]}
        rows={[
          {
            key: "api",
            cells: [
              "API token",
              <span key="text">
                Optional: the token knows its tenant. If they are sent and differ, the answer is 403{" "}
                <Code>context_mismatch</Code>; that guards a script against running with the wrong secret. A deployment
                may demand them (<Code>CONTEXT_HEADERS=required</Code>); without them it answers 403{" "}
                <Code>context_required</Code>.
              </span>,
            ],
          },
          {
            key: "personal",
            cells: [
              "Personal token, session",
              <span key="text">Required. A tenant that you cannot see answers 404, as one that does not exist.</span>,
            ],
          },
        ]}
      />
      <P>
        The ids are in the address of the tenant's settings, as <Code>orgId</Code> and <Code>tenant</Code>:
      </P>
      <Example
        label="settings of the context"
        code={"export PRAXIS_ORG=…      # orgId\nexport PRAXIS_TENANT=…   # tenant"}
      />
      <Example
        label="curl command with context headers"
        code={`curl "$PRAXIS_URL/v1/pipelines" \\
  -H "Authorization: Bearer $PRAXIS_TOKEN" \\
  -H "x-ne-org-id: $PRAXIS_ORG" \\
  -H "x-ne-tenant-id: $PRAXIS_TENANT"`}
        answers={[200]}
      />
    </Section>
  );
}
