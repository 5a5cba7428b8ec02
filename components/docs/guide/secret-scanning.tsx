import { TextLink } from "@/components/ui/text-link";
import { Example, Snippet } from "../example";
import { Code, P, Section, Subsection } from "../prose";

interface SecretScanningProps {
  /** The regular expression of a secret. */
  pattern: string;
}

/** How to find secrets where they should not be, and what to do with one that was found. */
export function SecretScanning({ pattern }: SecretScanningProps) {
  return (
    <Section id="secret-scanning" title="Secret scanning">
      <Subsection id="secret-pattern" title="What a secret looks like">
        <P>
          The prefix <Code>pxt_</Code> (API token) or <Code>pxp_</Code> (personal token), 32 random letters and digits,
          and 6 of checksum. This pattern will not change:
        </P>
        <Snippet label="regular expression of a secret" code={pattern} />
        <P>
          The checksum is the CRC-32 of the 36 characters before it, written with the digits <Code>0-9A-Za-z</Code>. It
          tells a secret from what only looks like one, without asking anybody:
        </P>
        <Snippet
          label="Python function to check a secret"
          code={`import re, string, zlib

DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase

def is_secret(text):
    if not re.fullmatch(r"${pattern}", text):
        return False
    rest, checksum = zlib.crc32(text[:-6].encode()), ""
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        checksum = DIGITS[digit] + checksum
    return checksum == text[-6:]`}
        />
      </Subsection>
      <Subsection id="found-secret" title="Which token is this?">
        <P>
          Choose <strong>I found a token</strong> above the table of API tokens and paste the secret: it is looked for
          in every tenant you may see, and can be revoked on the spot. Or let a script ask, with the session from{" "}
          <TextLink href="#sign-in">Sign in</TextLink> or a token that holds <Code>token:read</Code>:
        </P>
        <Example
          label="curl command to identify a secret"
          code={`printf '{"secret":"%s"}' "$PRAXIS_TOKEN" |
  curl "$PRAXIS_URL/identity/tokens/identify" -b cookies.txt \\
    -H "x-ne-org-id: $PRAXIS_ORG" -H "x-ne-tenant-id: $PRAXIS_TENANT" \\
    -H "Content-Type: application/json" -d @-`}
          answers={[200]}
        >
          the token, working or not; 404 when it is not of this tenant.
        </Example>
      </Subsection>
      <Subsection id="leak-reports" title="Report leaks by machine">
        <P>
          <TextLink href="/docs/reference#postIdentityLeaks">POST /identity/leaks</TextLink> takes reports in the format
          of GitHub's secret scanning partner programme, signed with a key that this deployment is configured to know.
          Every token in a report is revoked at once, and its audit log says where it was found.
        </P>
      </Subsection>
    </Section>
  );
}
