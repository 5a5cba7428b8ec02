import { z } from "zod";
import type { oas31, ZodOpenApiOperationObject, ZodOpenApiResponseObject } from "zod-openapi";
import type { ProblemCode } from "@/lib/errors";
import type { BodyType, Operation } from "@/lib/operation";
import { requestExamples } from "./examples";
import { problemsOf } from "./problems";
import { tagOf } from "./tags";

const mediaTypes: Readonly<Record<BodyType, string>> = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
};

/** Answers an error response of the document: one object for each set of codes with the same status. */
export type ProblemResponses = (codes: readonly ProblemCode[]) => Record<string, ZodOpenApiResponseObject>;

/** An operation as OpenAPI 3.1 describes it. */
export function describeOperation(
  path: string,
  method: string,
  operation: Operation,
  problemResponses: ProblemResponses,
): ZodOpenApiOperationObject {
  const { scope, summary, description } = operation;
  const tag = tagOf(path);
  const example = requestExamples[`${method} ${path}`];
  return {
    operationId: operationId(method, path),
    ...(tag === undefined ? {} : { tags: [tag] }),
    summary,
    description: [description, scope && `Needs the scope \`${scope}\`.`].filter(Boolean).join("\n\n"),
    ...(scope === null ? {} : { "x-required-scope": scope }),
    security: securityOf(operation),
    parameters: [
      ...(operation.inTenant || operation.inOrganization ? [componentRef("OrganizationId")] : []),
      ...(operation.inTenant ? [componentRef("TenantId")] : []),
      ...(operation.takesIdempotencyKey ? [componentRef("IdempotencyKey")] : []),
      ...(operation.authentication === "signature" ? [componentRef("KeyIdentifier")] : []),
    ],
    requestParams: {
      ...(path.includes("{id}") ? { path: z.object({ id: z.uuid() }) } : {}),
      ...(operation.query === null ? {} : { query: inputObject(operation.query) }),
    },
    ...(operation.body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              [mediaTypes[operation.bodyType]]: {
                schema: operation.body,
                ...(example === undefined ? {} : { example }),
              },
            },
          },
        }),
    responses: { ...successes(operation), ...problemResponses(problemsOf(path, method, operation)) },
  };
}

/** `GET`, `/identity/tokens/{id}` → `getIdentityTokensById`. */
export function operationId(method: string, path: string): string {
  const words = path
    .split("/")
    .filter(Boolean)
    .flatMap((segment) => (segment.startsWith("{") ? ["by", segment.slice(1, -1)] : segment.split("-")));
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Each alternative is a credential; the scope is listed as a role it must hold (OpenAPI 3.1, Security Requirement). */
function securityOf({ authentication, principals, scope }: Operation): oas31.SecurityRequirementObject[] {
  if (authentication === "signature") return [{ signature: [] }];
  const roles = scope === null ? [] : [scope];
  return [
    ...(principals.some((kind) => kind !== "session") ? [{ token: roles }] : []),
    ...(principals.includes("session") ? [{ session: roles }] : []),
  ];
}

function successes({ responses }: Operation): Record<string, ZodOpenApiResponseObject> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, { description, schema, streams = [] }]) => [
      status,
      {
        description,
        headers: { "x-correlation-id": headerRef("CorrelationId") },
        ...(schema
          ? { content: { "application/json": { schema }, ...Object.fromEntries(streams.map(streamed)) } }
          : {}),
      },
    ]),
  );
}

function streamed(mediaType: string) {
  return [mediaType, { schema: { type: "string" } }] as const;
}

/** What a client sends, when the schema also transforms it. */
function inputObject(schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  if (schema instanceof z.ZodPipe && schema.in instanceof z.ZodObject) return schema.in;
  throw new TypeError("The query of an operation must be an object schema");
}

function componentRef(name: string): oas31.ReferenceObject {
  return { $ref: `#/components/parameters/${name}` };
}

/** A shared response header of the document. */
export function headerRef(name: string): oas31.ReferenceObject {
  return { $ref: `#/components/headers/${name}` };
}
