import { TextLink } from "@/components/ui/text-link";
import { permissionSets } from "@/lib/access/permission-sets";
import { allScopes, resources } from "@/lib/access/scopes";
import { Code, DocTable, List, P, Section, Subsection } from "../prose";

/** How to choose what a token may do; the tables are the catalogue itself. */
export function Scopes() {
  return (
    <Section id="scopes" title="Choose scopes">
      <P>
        A scope is <Code>resource:action</Code>. Grant the fewest that do the job, and one token for each program: then
        a leak costs little, and revoking one stops nothing else.
      </P>
      <Subsection id="permission-sets" title="Permission sets">
        <P>
          A named bundle covers most cases. Give its id as <Code>permissionSet</Code>, or pick it in the dialog.
        </P>
        <DocTable
          label="Permission sets"
          head={["Set", "Scopes", "For"]}
          columns={["sm:whitespace-nowrap"]}
          rows={permissionSets.map(({ id, label, description, scopes }) => ({
            key: id,
            cells: [
              <span key="name">
                <span className="block font-medium">{label}</span>
                <code className="font-mono text-xs text-muted">{id}</code>
              </span>,
              scopes.length === allScopes.length ? (
                `All ${allScopes.length}`
              ) : (
                <span key="scopes" className="font-mono text-xs">
                  {scopes.join(" ")}
                </span>
              ),
              description,
            ],
          }))}
        />
      </Subsection>
      <Subsection id="all-scopes" title="All scopes">
        <P>
          Or name scopes one by one. <Code>write</Code> does not include <Code>read</Code>: a program that must see what
          it changes needs both.
        </P>
        <DocTable
          label="Scopes"
          head={["Scope", "Allows to"]}
          columns={["sm:whitespace-nowrap"]}
          rows={resources
            .flatMap(({ scopes }) => scopes)
            .map(({ scope, description }) => ({
              key: scope,
              cells: [
                <code key="scope" className="font-mono text-xs">
                  {scope}
                </code>,
                description,
              ],
            }))}
        />
      </Subsection>
      <Subsection id="wildcards" title="Wildcards">
        <P>
          <Code>*:read</Code>, <Code>*:write</Code>, <Code>pipeline:*</Code> and <Code>*:*</Code> are expanded when the
          token is created. It is a snapshot: scopes that a later version adds are not granted to tokens that exist. A
          scope that is not in the table is refused with 400, never ignored.
        </P>
      </Subsection>
      <Subsection id="limits" title="Limits to resources, addresses and time">
        <List>
          <li>
            <strong>Datasets and pipelines.</strong> With <Code>{'"resources": { "datasets": ["…"] }'}</Code> a token
            sees only those: others answer 404 and are left out of lists. <em>Ingest only</em> demands at least one
            dataset. A token limited to chosen pipelines cannot create others.
          </li>
          <li>
            <strong>Addresses.</strong> With <Code>{'"allowedCidrs": ["203.0.113.0/24"]'}</Code> calls from elsewhere
            answer 403 <Code>address_not_allowed</Code>.
          </li>
          <li>
            <strong>Time.</strong> <Code>expiresAt</Code> is a time in RFC 3339; left out, the token works for 90 days
            or what the tenant's policy says instead; <Code>null</Code> means it does not expire, where the policy
            allows that.
          </li>
        </List>
        <P>
          A token is never granted more than its creator holds: what is missing is named in <Code>missingScopes</Code> (
          <TextLink href="#errors">403</TextLink>). Scopes can be taken away from a token later, but not added.
        </P>
      </Subsection>
    </Section>
  );
}
