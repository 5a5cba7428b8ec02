import { ChevronRight } from "lucide-react";
import { Code } from "../prose";
import type { FieldView, SchemaView } from "./schema-view";

/** The fields of a schema, nested ones folded away. Without fields, the schema itself in a line. */
export function SchemaFields({ schema }: { schema: SchemaView }) {
  if (schema.alternatives.length > 0)
    return (
      <div className="grid gap-3">
        {schema.alternatives.map((alternative, index) => (
          <div key={alternative.fields.map(({ name }) => name).join(" ")}>
            <p className="mb-1 text-xs text-muted">{index === 0 ? "Either" : "Or"}</p>
            <FieldList fields={alternative.fields} />
          </div>
        ))}
      </div>
    );
  if (schema.fields.length > 0) return <FieldList fields={schema.fields} />;
  return (
    <p className="text-muted">
      <SchemaKind schema={schema} />
    </p>
  );
}

function FieldList({ fields }: { fields: readonly FieldView[] }) {
  return (
    <ul className="divide-y divide-border rounded-lg border bg-surface">
      {fields.map((field) => (
        <li key={field.name} className="px-3 py-2">
          <FieldLine name={field.name} required={field.required} schema={field.schema} />
          {(field.schema.fields.length > 0 || field.schema.alternatives.length > 0) && (
            <details className="group mt-1.5">
              <summary className="-mx-1 inline-flex min-h-6 cursor-pointer list-none items-center gap-1 rounded-md px-1 text-xs font-medium text-accent-text [&::-webkit-details-marker]:hidden">
                <ChevronRight aria-hidden="true" className="size-3.5 group-open:rotate-90" />
                Fields of {field.name}
              </summary>
              <div className="mt-1.5">
                <SchemaFields schema={field.schema} />
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

interface FieldLineProps {
  name: string;
  /** Null where it goes without saying, as in an answer. */
  required: boolean | null;
  schema: SchemaView;
  description?: string;
}

/** A name with its kind, its rules and what it means. */
export function FieldLine({ name, required, schema, description = schema.description }: FieldLineProps) {
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2">
        <code className="font-mono text-xs font-medium wrap-anywhere">{name}</code>
        <span className="text-xs text-muted">
          <SchemaKind schema={schema} />
        </span>
        {required && <span className="text-xs text-danger-text">required</span>}
      </div>
      {description !== "" && <p className="mt-0.5 text-sm text-foreground/90">{description}</p>}
      {schema.values.length > 0 && (
        <p className="mt-1 flex flex-wrap gap-1 text-xs">
          {schema.values.map((value) => (
            <Code key={value}>{value}</Code>
          ))}
        </p>
      )}
    </>
  );
}

function SchemaKind({ schema }: { schema: SchemaView }) {
  return [schema.kind, ...schema.rules].join(", ");
}
