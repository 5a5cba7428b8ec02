import { TextLink } from "@/components/ui/text-link";
import { Example } from "../example";
import { Code, List, P, Section, Subsection } from "../prose";

/** The first call. */
export function Start({ origin }: { origin: string }) {
  return (
    <Section id="start" title="Make your first call">
      <P>
        A program proves who it is with an <strong>API token</strong>: a secret that starts with <Code>pxt_</Code>,
        belongs to one tenant, and may do what its scopes say. Sign in, open{" "}
        <TextLink href="/">Tenant settings → API tokens</TextLink>, choose <strong>Create token</strong>, and pick{" "}
        <em>Data access</em>: every example on this page works with that set, unless it says otherwise. The secret is
        shown once, so <TextLink href="#store">store it</TextLink> before you close the drawer.
      </P>
      <P>Tell your shell where the service is and what the secret is:</P>
      <Example label="settings of the examples" code={`export PRAXIS_URL=${origin}\nexport PRAXIS_TOKEN=pxt_…`} />
      <Subsection id="authenticate" title="Authenticate">
        <P>
          Send the token as a bearer token (RFC 6750) in the <Code>Authorization</Code> header of every call. There is
          nothing to exchange or refresh. It is not accepted in a URL, where logs would keep it.
        </P>
        <Example
          label="curl command to describe the token"
          code={`curl "$PRAXIS_URL/identity/tokens/self" \\\n  -H "Authorization: Bearer $PRAXIS_TOKEN"`}
          answers={[200]}
        >
          the token's name, scopes, limits and expiry. Any token may ask this, whatever its scopes.
        </Example>
        <P>Then call the API:</P>
        <Example
          label="curl command to list pipelines"
          code={`curl "$PRAXIS_URL/v1/pipelines" \\\n  -H "Authorization: Bearer $PRAXIS_TOKEN"`}
          answers={[200]}
        >
          a page of pipelines, {"{ items, nextCursor }"}.
        </Example>
        <P>
          On a machine that others share, keep the secret out of the list of processes, too: let curl read the header
          from its input.
        </P>
        <Example
          label="curl command that keeps the secret out of the process list"
          code={`printf 'Authorization: Bearer %s' "$PRAXIS_TOKEN" |\n  curl "$PRAXIS_URL/v1/pipelines" -H @-`}
          answers={[200]}
        />
      </Subsection>
      <Subsection id="credentials" title="Which credential to use">
        <List>
          <li>
            <strong>API token</strong> (<Code>pxt_…</Code>): for programs. It belongs to a tenant, not to a person, and
            its data scopes go on working when its creator leaves. Scopes of <Code>organization:</Code> and{" "}
            <Code>user:</Code> work only while the creator still holds them.
          </li>
          <li>
            <strong>Personal token</strong> (<Code>pxp_…</Code>): for your own scripts; create it in your profile. It
            acts as you, with the rights you have at that moment, and each call names the organization and tenant it is
            about. It ends with your account, and when you change your password.
          </li>
          <li>
            <strong>Session</strong>: for people in a browser. It ends after 12 hours. A script can{" "}
            <TextLink href="#scripts">sign in</TextLink> the same way, which is how tokens are created by script.
          </li>
          <li>
            <strong>Single sign-on</strong> changes how a person gets a session, and nothing else: programs still use
            tokens, and a token is not tied to an identity provider.
          </li>
        </List>
        <P>
          A call carries one credential. If it has an <Code>Authorization</Code> header, cookies are ignored, even when
          the token does not work.
        </P>
      </Subsection>
    </Section>
  );
}
