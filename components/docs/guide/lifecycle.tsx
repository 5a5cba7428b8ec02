import { TextLink } from "@/components/ui/text-link";
import { Example } from "../example";
import { Code, P, Section, Subsection } from "../prose";

const session = `-b cookies.txt \\
  -H "x-ne-org-id: $PRAXIS_ORG" -H "x-ne-tenant-id: $PRAXIS_TENANT"`;

/** How a token is replaced, and how it ends. */
export function Lifecycle() {
  return (
    <Section id="rotate-and-revoke" title="Rotate and revoke">
      <Subsection id="rotate" title="Replace a secret without an outage">
        <P>
          Rotation issues a successor with the same settings and a new secret, while the old secret works on for an
          overlap of your choice: up to 30 days; 0 ends it now. A token that ends within 14 days has the status{" "}
          <Code>expiring</Code>: that is the time to start. Use <strong>Rotate</strong> in the menu of the token or,
          with the session from <TextLink href="#sign-in">Sign in</TextLink>, a script:
        </P>
        <Example label="setting of the old token" code="export OLD_TOKEN_ID=…   # from GET /identity/tokens" />
        <Example
          label="curl command to rotate a token"
          code={`curl "$PRAXIS_URL/identity/tokens/$OLD_TOKEN_ID/rotate" ${session} \\
  -H "Content-Type: application/json" \\
  -d '{"overlapSeconds":86400}'`}
          answers={[201]}
        >
          the successor, and its secret.
        </Example>
        <P>Put the new secret where the old one was, and watch the old token fall silent:</P>
        <Example
          label="curl command to see when a token was last used"
          code={`curl "$PRAXIS_URL/identity/tokens/$OLD_TOKEN_ID" ${session}`}
          answers={[200]}
        >
          look at lastUsedAt and lastUsedIp; its status is now superseded.
        </Example>
        <P>It ends by itself after the overlap. If nothing uses it any more, revoke it sooner.</P>
      </Subsection>
      <Subsection id="revoke" title="Revoke">
        <P>
          A revoked token is refused from the very next call, on every instance: nothing is cached. It cannot be undone.
          Name the tokens by <Code>ids</Code>, or describe them with a <Code>filter</Code>: up to 10,000 in one call,
          all at one instant. <Code>dryRun</Code> lists them with their last use, and changes nothing.
        </P>
        <Example
          label="curl command to see which tokens would be revoked"
          code={`curl "$PRAXIS_URL/identity/tokens/revoke" ${session} \\
  -H "Content-Type: application/json" \\
  -d '{"filter":{"lastUsedBefore":"2026-01-01T00:00:00Z"},"reason":"unused","dryRun":true}'`}
          answers={[200]}
        />
        <Example
          label="curl command to revoke a token"
          code={`curl "$PRAXIS_URL/identity/tokens/revoke" ${session} \\
  -H "Content-Type: application/json" \\
  -d '{"ids":["'"$OLD_TOKEN_ID"'"],"reason":"rotated"}'`}
          answers={[200]}
        >
          what became of each: revoked, already_revoked or not_found.
        </Example>
        <P>
          A token that no longer works can then be deleted, with <Code>DELETE /identity/tokens/{"{id}"}</Code>. Its
          audit trail stays.
        </P>
      </Subsection>
    </Section>
  );
}
