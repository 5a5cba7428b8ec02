import type { oas31 } from "zod-openapi";

/** A schema as a reader wants it: its kind in words, its rules, its fields. */
export interface SchemaView {
  /** "string", "array of objects", "object or null". */
  kind: string;
  description: string;
  /** "1 to 80 characters", "default 50". */
  rules: string[];
  /** The values it may have, if they are few. */
  values: string[];
  /** Of the object, or of the objects in the array. */
  fields: FieldView[];
  /** Shapes of which it has one; each has fields. */
  alternatives: SchemaView[];
}

export interface FieldView {
  name: string;
  required: boolean;
  schema: SchemaView;
}

type Schema = oas31.SchemaObject | oas31.ReferenceObject;

/** Reads the schemas of one document, whose components they may refer to. */
export class SchemaReader {
  readonly #document: oas31.OpenAPIObject;

  constructor(document: oas31.OpenAPIObject) {
    this.#document = document;
  }

  /** What a reference refers to; anything else as it is. */
  resolve<T extends object>(value: T | oas31.ReferenceObject): T {
    if (!("$ref" in value) || typeof value.$ref !== "string") return value as T;
    const found = value.$ref
      .split("/")
      .slice(1)
      .reduce<unknown>((node, key) => (isRecord(node) ? node[key] : undefined), this.#document);
    if (!isRecord(found)) throw new Error(`The document has no ${value.$ref}`);
    // A document that `createDocument` made refers to things of the kind that belongs there.
    return this.resolve(found as T | oas31.ReferenceObject);
  }

  read(schema: Schema): SchemaView {
    const resolved = this.resolve<oas31.SchemaObject>(schema);
    const { description = "" } = resolved;
    const options = (resolved.anyOf ?? resolved.oneOf ?? []).map((option) => this.read(option));
    if (options.length > 0) return { ...this.#either(options), description };
    if (isSchema(resolved.items)) {
      const items = this.read(resolved.items);
      const kind = `array of ${plural(items.kind)}`;
      return {
        ...items,
        kind,
        description,
        rules: [...rulesOf(resolved), ...items.rules.map((rule) => `${rule} each`)],
      };
    }
    const required = new Set(resolved.required ?? []);
    const fields = Object.entries(resolved.properties ?? {}).map(([name, field]) => ({
      name,
      required: required.has(name),
      schema: this.read(field),
    }));
    const values = resolved.const === undefined ? (resolved.enum ?? []) : [resolved.const];
    return {
      kind: kindOf(resolved),
      description,
      rules: rulesOf(resolved),
      values: values.map(String),
      fields,
      alternatives: [],
    };
  }

  /** Null is a remark beside the other option; several objects are alternatives. */
  #either(options: readonly SchemaView[]): SchemaView {
    const some = options.filter(({ kind }) => kind !== "null");
    const [only] = some;
    const orNull = some.length < options.length ? " or null" : "";
    if (only && some.length === 1) return { ...only, kind: only.kind + orNull };
    const kinds = [...new Set(some.map(({ kind }) => kind))];
    return {
      kind: kinds.join(" or ") + orNull,
      description: "",
      rules: [...new Set(some.flatMap(({ rules }) => rules))],
      values: some.flatMap(({ values }) => values),
      fields: [],
      alternatives: some.filter(({ fields }) => fields.length > 0),
    };
  }
}

const formats: Readonly<Record<string, string>> = {
  uuid: "UUID",
  "date-time": "time",
  email: "e-mail address",
  ipv4: "IPv4 address",
  ipv6: "IPv6 address",
  cidrv4: "IPv4 range",
  cidrv6: "IPv6 range",
};

function kindOf({ type, format, enum: values, const: constant }: oas31.SchemaObject): string {
  const types = [type ?? (values || constant !== undefined ? "string" : "any value")].flat();
  return types.map((name) => (name === "string" && format ? (formats[format] ?? name) : name)).join(" or ");
}

function plural(kind: string): string {
  if (kind.includes(" or ")) return `(${kind})`;
  return kind.endsWith("s") ? `${kind}es` : `${kind}s`;
}

function rulesOf(schema: oas31.SchemaObject): string[] {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum } = schema;
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return [
    range(minLength, maxLength, "characters"),
    range(minItems, maxItems, "items"),
    isBounded ? range(minimum, maximum, "") : "",
    schema.default === undefined || schema.default === "" ? "" : `default ${JSON.stringify(schema.default)}`,
  ].filter(Boolean);
}

function range(from: number | undefined, to: number | undefined, unit: string): string {
  const number = (value: number) => value.toLocaleString("en-GB");
  if (to !== undefined) return `${from === undefined ? "at most" : `${number(from)} to`} ${number(to)} ${unit}`.trim();
  return from === undefined ? "" : `at least ${number(from)} ${unit}`.trim();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isSchema(value: unknown): value is Schema {
  return isRecord(value);
}
