import { Example } from "../example";
import { Code, P, Section, Subsection } from "../prose";

/** Scripts that sign in, and create tokens. */
export function Scripts() {
  return (
    <Section id="scripts" title="Create tokens by script">
      <P>
        A token cannot create tokens, unless the tenant's policy allows it. A script that provisions others signs in as
        a browser does, with the e-mail and password of a member who may manage tokens (<Code>token:write</Code>).
      </P>
      <Subsection id="sign-in" title="Sign in">
        <Example label="settings of the member" code={"export PRAXIS_EMAIL=…\nexport PRAXIS_PASSWORD=…"} />
        <P>
          Fetch a CSRF token, then post it with the credentials. The session is in the cookie jar, which deserves the
          same care as a secret.
        </P>
        <Example
          label="curl commands to sign in"
          code={`csrf=$(curl -s -c cookies.txt "$PRAXIS_URL/api/auth/csrf" |
  sed 's/.*"csrfToken":"\\([^"]*\\)".*/\\1/')
curl -b cookies.txt -c cookies.txt "$PRAXIS_URL/api/auth/callback/credentials" \\
  --data-urlencode "csrfToken=$csrf" \\
  --data-urlencode "email=$PRAXIS_EMAIL" \\
  --data-urlencode "password=$PRAXIS_PASSWORD"`}
          answers={[200, 302]}
        >
          to the home page after a success, to the sign-in page with an error after a failure.
        </Example>
        <P>A session names its context in every call. This lists what can be named:</P>
        <Example
          label="curl command to list organizations and tenants"
          code={`curl -b cookies.txt "$PRAXIS_URL/identity/organizations"`}
          answers={[200]}
        />
      </Subsection>
      <Subsection id="create" title="Create a token">
        <Example
          label="curl command to create a token"
          code={`curl -b cookies.txt "$PRAXIS_URL/identity/tokens" \\
  -H "x-ne-org-id: $PRAXIS_ORG" -H "x-ne-tenant-id: $PRAXIS_TENANT" \\
  -H "Content-Type: application/json" \\
  -d '{"name":"Nightly export","permissionSet":"read-only"}'`}
          answers={[201]}
        >
          the token, and its secret. This is the only answer that ever holds it.
        </Example>
        <P>
          <Code>permissionSet</Code> and <Code>scopes</Code> exclude each other. For chosen scopes, datasets and an
          expiry:
        </P>
        <Example
          label="curl command to create a token with chosen scopes"
          code={`curl -b cookies.txt "$PRAXIS_URL/identity/tokens" \\
  -H "x-ne-org-id: $PRAXIS_ORG" -H "x-ne-tenant-id: $PRAXIS_TENANT" \\
  -H "Content-Type: application/json" \\
  -d '{
    "name": "Edge collector, Oslo",
    "scopes": ["metrics:write", "collector:*"],
    "resources": { "datasets": ["'"$DATASET"'"] },
    "expiresAt": null
  }'`}
          answers={[201]}
        />
      </Subsection>
      <Subsection id="idempotency-key" title="Try again without a second token">
        <P>
          If the answer is lost, so is the secret. Send a new random <Code>Idempotency-Key</Code> with each creation and
          rotation, and the same one when you try again: for ten minutes you get the same token and the same secret. The
          same key with another request answers 409 <Code>conflict</Code>.
        </P>
        <Example
          label="curl command to create a token once"
          code={`key=$(head -c 16 /dev/urandom | base64)
curl --retry 5 --retry-all-errors -b cookies.txt "$PRAXIS_URL/identity/tokens" \\
  -H "x-ne-org-id: $PRAXIS_ORG" -H "x-ne-tenant-id: $PRAXIS_TENANT" \\
  -H "Idempotency-Key: $key" \\
  -H "Content-Type: application/json" \\
  -d '{"name":"Nightly export","permissionSet":"read-only"}'`}
          answers={[201]}
        />
      </Subsection>
    </Section>
  );
}
