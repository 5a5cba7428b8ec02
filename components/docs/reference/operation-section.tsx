import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { TextLink } from "@/components/ui/text-link";
import { Marked } from "../guide/errors";
import { HeadingAnchor } from "../prose";
import { MethodBadge } from "./method-badge";
import { FieldLine, SchemaFields } from "./schema-fields";
import type { ReferenceOperation } from "./view";

/** One operation: what it needs and takes on the left, how to call it on the right. */
export function OperationSection({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, description, scope, credentials, parameters, body, answers, errors } = operation;
  return (
    <section aria-labelledby={id} className="border-t py-9">
      <h3 id={id} className="group text-lg font-semibold tracking-tight">
        {summary}
        <HeadingAnchor id={id} title={summary} />
      </h3>
      <p className="mt-1.5 flex flex-wrap items-center gap-2">
        <MethodBadge method={method} />
        <code className="font-mono text-xs wrap-anywhere">{path}</code>
      </p>
      <div className="mt-4 grid gap-x-10 gap-y-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="min-w-0">
          {description !== "" && (
            <p className="mb-4 text-base leading-6 text-foreground/90">
              <Marked text={description} />
            </p>
          )}
          <dl className="grid grid-cols-[5rem_1fr] gap-y-1.5">
            <dt className="text-muted">Scope</dt>
            <dd>{scope === null ? "None" : <Badge tone="accent">{scope}</Badge>}</dd>
            <dt className="text-muted">Caller</dt>
            <dd>{callers(credentials)}</dd>
          </dl>
          {parameters.length > 0 && (
            <Part title="Parameters">
              <ul className="divide-y divide-border rounded-lg border bg-surface">
                {parameters.map(({ name, place, required, schema, description: text }) => (
                  <li key={`${place} ${name}`} className="relative px-3 py-2 pr-16">
                    <FieldLine name={name} required={required} schema={schema} description={text} />
                    <span className="absolute top-2 right-3 text-xs text-muted">{place}</span>
                  </li>
                ))}
              </ul>
            </Part>
          )}
          {body !== null && (
            <Part
              title="Body"
              note={body.schema.fields.length > 0 ? body.mediaType : `${body.mediaType}, ${body.schema.kind}`}
            >
              <SchemaFields schema={body.schema} />
            </Part>
          )}
          <Part title="Answers">
            <div className="grid gap-3">
              {answers.map(({ status, description: text, schema }) => (
                <div key={status}>
                  <p>
                    <span className="mr-2 font-mono text-xs font-medium text-success-text">{status}</span>
                    {text}
                  </p>
                  {schema !== null && (
                    <details className="group mt-1.5">
                      <summary className="-mx-1 inline-flex min-h-6 cursor-pointer items-center rounded-md px-1 text-xs font-medium text-accent-text">
                        Show the schema of {status}
                      </summary>
                      <div className="mt-1.5">
                        <SchemaFields schema={schema} />
                      </div>
                    </details>
                  )}
                </div>
              ))}
            </div>
          </Part>
          <Part title="Errors">
            <ul className="grid gap-1">
              {errors.map(({ status, codes }) => (
                <li key={status} className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-mono text-xs font-medium text-danger-text">{status}</span>
                  {codes.map((code) => (
                    <TextLink key={code} href={`/docs#error-${code}`}>
                      <span className="font-mono text-xs">{code}</span>
                    </TextLink>
                  ))}
                </li>
              ))}
            </ul>
          </Part>
        </div>
        <div className="min-w-0">
          <div className="xl:sticky xl:top-20">
            <CodeBlock code={operation.curl} label={`curl command: ${summary}`} />
          </div>
        </div>
      </div>
    </section>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <div className="mt-5">
      <h4 className="mb-1.5 font-medium">
        {title}
        {note !== undefined && <span className="ml-2 font-mono text-xs font-normal text-muted">{note}</span>}
      </h4>
      {children}
    </div>
  );
}

function callers(credentials: ReferenceOperation["credentials"]): string {
  if (credentials.length === 0) return "Anyone, without a credential";
  if (credentials.includes("signature")) return "Whoever signs the body with a known key";
  return credentials
    .map((name) => (name === "token" ? "Token" : "session"))
    .join(" or ")
    .replace(/^s/, "S");
}
