import type { oas31 } from "zod-openapi";
import { curlFor } from "./curl";
import { SchemaReader, type SchemaView } from "./schema-view";

/** What the reference shows, read from the OpenAPI document. */
export interface ReferenceGroup {
  id: string;
  name: string;
  description: string;
  operations: ReferenceOperation[];
}

export interface ReferenceOperation {
  /** The anchor: the operation's id. */
  id: string;
  method: ReferenceMethod;
  path: string;
  summary: string;
  description: string;
  scope: string | null;
  credentials: readonly Credential[];
  parameters: ReferenceParameter[];
  body: { mediaType: string; schema: SchemaView; example: unknown } | null;
  answers: { status: string; description: string; schema: SchemaView | null }[];
  errors: { status: string; codes: string[] }[];
  curl: string;
}

export type ReferenceMethod = (typeof referenceMethods)[number];
const credentials = ["token", "session", "signature"] as const;
export type Credential = (typeof credentials)[number];

export interface ReferenceParameter {
  name: string;
  place: string;
  required: boolean;
  schema: SchemaView;
  description: string;
}

const referenceMethods = ["get", "post", "put", "patch", "delete"] as const;

/** The operations by tag, in the order of the document's tags. */
export function referenceOf(document: oas31.OpenAPIObject): ReferenceGroup[] {
  const reader = new SchemaReader(document);
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    referenceMethods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ operation, view: operationOf(reader, path, method, operation) }] : [];
    }),
  );
  return (document.tags ?? []).flatMap(({ name, description = "" }) => {
    const tagged = operations.filter(({ operation }) => operation.tags?.includes(name)).map(({ view }) => view);
    return tagged.length === 0 ? [] : [{ id: anchorOf(name), name, description, operations: tagged }];
  });
}

function operationOf(
  reader: SchemaReader,
  path: string,
  method: ReferenceMethod,
  operation: oas31.OperationObject,
): ReferenceOperation {
  const scope: unknown = operation["x-required-scope"];
  const answers = Object.entries<oas31.ResponseObject | oas31.ReferenceObject>(operation.responses ?? {}).map(
    ([status, response]) => ({ status, response: reader.resolve(response) }),
  );
  const view = {
    id: operation.operationId ?? `${method} ${path}`,
    method,
    path,
    summary: operation.summary ?? "",
    // The scope is shown as a part of its own.
    description: (operation.description ?? "").replace(/(\n\n)?Needs the scope `[^`]+`\.$/, ""),
    scope: typeof scope === "string" ? scope : null,
    credentials: credentials.filter((name) => operation.security?.some((item) => name in item)),
    parameters: (operation.parameters ?? []).map((item) => parameterOf(reader, item)),
    body: bodyOf(reader, operation),
    answers: answers
      .filter(({ status }) => status.startsWith("2"))
      .map(({ status, response }) => {
        const schema = Object.values(response.content ?? {})[0]?.schema;
        return { status, description: response.description, schema: schema ? reader.read(schema) : null };
      }),
    errors: answers
      .filter(({ status }) => !status.startsWith("2"))
      .map(({ status, response }) => ({ status, codes: codesOf(reader, response) })),
  };
  return { ...view, curl: curlFor(view) };
}

function parameterOf(reader: SchemaReader, item: oas31.ParameterObject | oas31.ReferenceObject): ReferenceParameter {
  const { name, in: place, required = false, schema = {}, description } = reader.resolve(item);
  const view = reader.read(schema);
  return { name, place, required, schema: view, description: description ?? view.description };
}

function bodyOf(reader: SchemaReader, { requestBody }: oas31.OperationObject): ReferenceOperation["body"] {
  if (!requestBody) return null;
  const [content] = Object.entries(reader.resolve(requestBody).content);
  if (!content) return null;
  const [mediaType, { schema = {}, example }] = content;
  return { mediaType, schema: reader.read(schema), example };
}

/** The error codes that a response's problem schemas name. */
function codesOf(reader: SchemaReader, response: oas31.ResponseObject): string[] {
  const schemas = Object.values(response.content ?? {}).flatMap(({ schema }) => {
    const resolved = schema ? reader.resolve(schema) : {};
    return resolved.oneOf ?? [resolved];
  });
  return schemas.flatMap((schema) => {
    const error = reader.resolve(schema).properties?.error;
    const code: unknown = error && reader.resolve(error).const;
    return typeof code === "string" ? [code] : [];
  });
}

function anchorOf(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}
