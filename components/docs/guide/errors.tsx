import { CodeBlock } from "@/components/ui/code-block";
import { Example } from "../example";
import { Code, DocTable, P, Section, Subsection } from "../prose";

export interface DocumentedProblem {
  code: string;
  status: number;
  meaning: string;
  remedy: string;
}

/** What goes wrong, and what to do about it. */
export function Errors({ problems }: { problems: readonly DocumentedProblem[] }) {
  return (
    <Section id="errors" title="Errors">
      <P>
        Every error is <Code>application/problem+json</Code> (RFC 9457). Decide by the status and by <Code>error</Code>,
        which do not change; show <Code>message</Code> to people. Quote <Code>correlationId</Code>, also in the header{" "}
        <Code>x-correlation-id</Code>, when you ask for help: it finds the call in the log. Send a W3C{" "}
        <Code>traceparent</Code> and its trace id is used.
      </P>
      <Example
        label="curl command with a token that does not work"
        code={`curl "$PRAXIS_URL/v1/pipelines" \\\n  -H "Authorization: Bearer pxt_mistyped"`}
        answers={[401]}
      />
      <div className="mt-3">
        <CodeBlock
          label="error in JSON"
          code={`{
  "type": "about:blank",
  "title": "Unauthorized",
  "status": 401,
  "error": "unauthorized",
  "message": "Invalid or expired authentication token",
  "correlationId": "4bf92f3577b34da6a3ce929d0e0e4736"
}`}
        />
      </div>
      <Subsection id="error-table" title="What each error means">
        <DocTable
          label="Errors"
          head={["Status, error", "It means", "What to do"]}
          columns={["font-mono text-xs leading-5", "", ""]}
          rows={problems.map(({ code, status, meaning, remedy }) => ({
            key: code,
            cells: [
              <span key="code" id={`error-${code}`}>
                {status} <span className="whitespace-nowrap sm:block">{code}</span>
              </span>,
              <Marked key="meaning" text={meaning} />,
              <Marked key="remedy" text={remedy} />,
            ],
          }))}
        />
      </Subsection>
    </Section>
  );
}

/** Text whose `quoted` parts are code. */
export function Marked({ text }: { text: string }) {
  const parts = text.split("`").map((part, index) => ({ part, isCode: index % 2 === 1, key: `${index} ${part}` }));
  return <span>{parts.map(({ part, isCode, key }) => (isCode ? <Code key={key}>{part}</Code> : part))}</span>;
}
