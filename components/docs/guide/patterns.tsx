import { TextLink } from "@/components/ui/text-link";
import { Example } from "../example";
import { Code, P, Section, Subsection } from "../prose";

const authorization = `-H "Authorization: Bearer $PRAXIS_TOKEN"`;
const json = `-H "Content-Type: application/json"`;

/** What programs do most. */
export function Patterns() {
  return (
    <Section id="patterns" title="Patterns">
      <P>
        Each of these works as it stands. The <TextLink href="/docs/reference">API reference</TextLink> has every
        operation.
      </P>
      <Subsection id="apply" title="Apply configuration from CI">
        <P>
          <Code>POST</Code> creates, or updates the one of the same name, so a job can run again and again: 201 the
          first time, 200 from then on.
        </P>
        <Example
          label="curl command to create or update a pipeline"
          code={`curl "$PRAXIS_URL/v1/pipelines" \\
  ${authorization} \\
  ${json} \\
  -d '{"name":"nginx","signal":"logs","source":"filelog","destination":"s3://logs"}'`}
          answers={[201]}
        />
      </Subsection>
      <Subsection id="pages" title="Read long lists">
        <P>
          Lists come in pages of 50; <Code>limit</Code> takes 1 to 200. While <Code>nextCursor</Code> is not{" "}
          <Code>null</Code>, pass it as <Code>cursor</Code>. A cursor is opaque: do not take it apart, and do not keep
          it for another day.
        </P>
        <Example
          label="shell loop over all pages"
          code={`cursor=
while :; do
  page=$(curl -s "$PRAXIS_URL/v1/pipelines?limit=200\${cursor:+&cursor=$cursor}" \\
    ${authorization})
  echo "$page"
  cursor=$(echo "$page" | sed -n 's/.*"nextCursor":"\\([^"]*\\)".*/\\1/p')
  [ -n "$cursor" ] || break
done`}
          answers={[200]}
        />
      </Subsection>
      <Subsection id="ingest" title="Send metrics">
        <P>Create the dataset once, and keep the id it is answered with:</P>
        <Example
          label="curl command to create a dataset"
          code={`curl "$PRAXIS_URL/v1/datasets" \\
  ${authorization} \\
  ${json} \\
  -d '{"name":"edge"}'`}
          answers={[201]}
        />
        <Example label="setting of the dataset" code="export DATASET=…   # the id in the answer" />
        <P>
          Then send points, up to 10,000 and 1 MiB a call. All of them are stored, or none. The program that sends needs{" "}
          <Code>metrics:write</Code> alone: give it <em>Ingest only</em>, limited to this dataset.
        </P>
        <Example
          label="curl command to send points"
          code={`curl "$PRAXIS_URL/v1/metrics/$DATASET" \\
  ${authorization} \\
  ${json} \\
  -d '[{"time":"2026-11-23T12:00:00Z","name":"cpu.load","value":0.42,"attributes":{"host":"oslo-1"}}]'`}
          answers={[201]}
        />
      </Subsection>
      <Subsection id="query" title="Query metrics">
        <P>
          By time, oldest first. <Code>from</Code> is included, <Code>to</Code> is not.
        </P>
        <Example
          label="curl command to query points"
          code={`curl -G "$PRAXIS_URL/v1/metrics/$DATASET" \\
  ${authorization} \\
  -d name=cpu.load -d from=2026-11-23T00:00:00Z -d to=2026-11-24T00:00:00Z`}
          answers={[200]}
        />
      </Subsection>
      <Subsection id="retry" title="Try again, rightly">
        <P>
          429 and 503 say in <Code>Retry-After</Code> how many seconds to wait; curl obeys it. Nothing else in the 400s
          gets better by repetition. A call that names what it writes, as those above do, may safely be repeated.
        </P>
        <Example
          label="curl command that tries again"
          code={`curl --retry 5 "$PRAXIS_URL/v1/collectors" \\
  ${authorization} \\
  ${json} \\
  -d '{"name":"oslo-1","platform":"linux","state":"running"}'`}
          answers={[201]}
        />
      </Subsection>
    </Section>
  );
}
