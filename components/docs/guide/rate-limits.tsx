import { Example } from "../example";
import { Code, List, P, Section } from "../prose";

/** How many calls are allowed. */
export function RateLimits() {
  return (
    <Section id="rate-limits" title="Rate limits">
      <P>
        Every token has a budget of its own: 6,000 calls in 60 seconds, unless the deployment says otherwise. Every
        answer tells what is left, in the headers of the IETF draft: in <Code>RateLimit</Code>, <Code>r</Code> is what
        remains and <Code>t</Code> the seconds until it is whole again; in <Code>RateLimit-Policy</Code>, <Code>q</Code>{" "}
        is the quota and <Code>w</Code> its window in seconds.
      </P>
      <Example
        label="curl command to see what is left"
        code={`curl -s -o /dev/null -D - "$PRAXIS_URL/identity/tokens/self" \\
  -H "Authorization: Bearer $PRAXIS_TOKEN" | grep -i '^ratelimit'`}
        answers={[200]}
      />
      <List>
        <li>
          Over the limit the answer is 429 <Code>rate_limited</Code> with <Code>Retry-After</Code>. Wait that long; what
          you send meanwhile is refused.
        </li>
        <li>
          Failed authentications are counted by address, 300 in 60 seconds. A token that works is never blocked for its
          neighbours' failures.
        </li>
        <li>Send many points in one call rather than one point in many.</li>
      </List>
    </Section>
  );
}
