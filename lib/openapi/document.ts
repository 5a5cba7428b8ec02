import { z } from "zod";
import {
  createDocument,
  type oas31,
  type ZodOpenApiOverrideContext,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from "zod-openapi";
import { type ProblemCode, problemStatus } from "@/lib/errors";
import { organizationHeader, tenantHeader } from "@/lib/gates/context";
import { keyIdentifierHeader, signatureHeader } from "@/lib/gates/signature";
import { idempotencyKeyHeader, longestIdempotencyKey } from "@/lib/idempotency/key";
import { methods, type PathOperations } from "@/lib/operation";
import packageJson from "@/package.json" with { type: "json" };
import { describeOperation, headerRef, type ProblemResponses } from "./operation";
import { problemCodes, problemSchema, problemTexts } from "./problems";
import { tags } from "./tags";

export type ApiDocument = oas31.OpenAPIObject;

/** The OpenAPI 3.1 document of these paths: from the schemas that validate requests and type answers. */
export function describeApi(paths: Readonly<Record<string, PathOperations>>): ApiDocument {
  const problems = problemComponents();
  const document = createDocument(
    {
      openapi: "3.1.1",
      info: {
        title: "Praxis Identity",
        version: packageJson.version,
        description:
          "API tokens for your organization's tenants. The guide to using them is at `/docs`, this document in " +
          "readable form at `/docs/reference`.",
      },
      externalDocs: { url: "/docs", description: "How to use API tokens" },
      // Relative to where the document was fetched from.
      servers: [{ url: "/" }],
      tags: tags.map(({ name, description }) => ({ name, description })),
      paths: {
        ...Object.fromEntries(
          Object.entries(paths).map(([path, operations]) => [path, pathItem(path, operations, problems.responses)]),
        ),
        ...healthPaths(problems.responses),
      },
      components: {
        schemas: problems.schemas,
        parameters: {
          ...contextParameters,
          IdempotencyKey: idempotencyKeyParameter,
          KeyIdentifier: keyIdentifierParameter,
        },
        headers: responseHeaders,
        securitySchemes,
      },
    },
    { override },
  );
  // What `override` replaced.
  for (const name of Object.keys(document.components?.schemas ?? {}))
    if (name.startsWith("__schema")) delete document.components?.schemas?.[name];
  return document;
}

/** Where zod's JSON Schema is right but hard to read. */
function override({ jsonSchema, zodSchema }: ZodOpenApiOverrideContext): void {
  // Any JSON value needs no recursive description.
  if (zodSchema instanceof z.ZodRecord && zodSchema.valueType instanceof z.ZodLazy) {
    jsonSchema.additionalProperties = true;
    delete jsonSchema.propertyNames;
  }
  if (jsonSchema.format === undefined) return;
  // A format that every tool knows needs no pattern beside it.
  if (!jsonSchema.format.startsWith("cidr")) delete jsonSchema.pattern;
}

const contextParameters = {
  OrganizationId: contextParameter(organizationHeader, "organization"),
  TenantId: contextParameter(tenantHeader, "tenant"),
};

const idempotencyKeyParameter: oas31.ParameterObject = {
  name: idempotencyKeyHeader,
  in: "header",
  required: false,
  description:
    "Of your choice, such as a new UUID. For ten minutes, sending the same request with the same key answers with the " +
    "same token and the same secret, and issues no second one; another request with it answers 409.",
  schema: { type: "string", minLength: 1, maxLength: longestIdempotencyKey, pattern: "^[\\x20-\\x7e]+$" },
  example: "8e03978e-40d5-43dd-bc93-6894a57f9324",
};

const keyIdentifierParameter: oas31.ParameterObject = {
  name: keyIdentifierHeader,
  in: "header",
  required: true,
  description: "The `key_identifier` of the key that signed, among those the deployment is configured with.",
  schema: { type: "string" },
};

const responseHeaders: Record<string, oas31.HeaderObject> = {
  CorrelationId: {
    description: "Names this call in the log; the trace-id of a valid inbound traceparent is kept",
    schema: { type: "string", pattern: "^[0-9a-f]{32}$" },
  },
  WwwAuthenticate: {
    description: "The challenge: of RFC 6750 §3, or Signature where a body must be signed",
    schema: { type: "string" },
  },
  RetryAfter: { description: "Seconds to wait", schema: { type: "string", pattern: "^[0-9]+$" } },
  RateLimit: {
    description: "What is left of the limit, and the seconds until it is whole",
    schema: { type: "string" },
  },
  RateLimitPolicy: { description: "The limit and its window in seconds", schema: { type: "string" } },
};

const securitySchemes: Record<string, oas31.SecuritySchemeObject> = {
  token: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "pxt_… or pxp_…",
    description: "An API token or a personal token. The roles of a requirement are the scopes it must hold.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "next-auth.session-token",
    description: "A browser session; over HTTPS the cookie is called __Host-next-auth.session-token.",
  },
  signature: {
    type: "apiKey",
    in: "header",
    name: signatureHeader,
    description: "An ECDSA P-256 signature (SHA-256; DER in base64) over the exact bytes of the body.",
  },
};

function contextParameter(name: string, what: "organization" | "tenant"): oas31.ParameterObject {
  return {
    name,
    in: "header",
    required: false,
    description:
      `The ${what} the call is about. An API token knows its own, and is refused when this names another; ` +
      "sessions and personal tokens must send it.",
    schema: { type: "string", format: "uuid" },
  };
}

function pathItem(
  path: string,
  operations: PathOperations,
  responses: ProblemResponses,
): ZodOpenApiPathsObject[string] {
  const described = methods.flatMap((method, index) => {
    const operation = operations[method];
    // One that answers every method alike is described once.
    const isKnown = methods.slice(0, index).some((earlier) => operations[earlier] === operation);
    if (!operation || isKnown) return [];
    return [[method.toLowerCase(), describeOperation(path, method, operation, responses)] as const];
  });
  return Object.fromEntries(described);
}

/** The two paths that are not operations: no caller, no scope. */
function healthPaths(responses: ProblemResponses): ZodOpenApiPathsObject {
  const health = (operationId: string, summary: string, status: string, codes: readonly ProblemCode[]) => ({
    get: {
      operationId,
      tags: ["Health"],
      summary,
      security: [],
      responses: {
        "200": {
          description: summary,
          content: { "application/json": { schema: z.object({ status: z.literal(status) }) } },
        },
        ...responses(codes),
      },
    },
  });
  return {
    "/healthz": health("getHealthz", "The process is up", "ok", []),
    "/readyz": health("getReadyz", "The database is reachable and migrated", "ready", ["unavailable"]),
  };
}

/** One schema for each error code, and the responses made of them: one for each status and set of codes. */
function problemComponents() {
  const named = problemCodes.map((code) => [`${pascalCase(code)}Problem`, problemSchema(code)] as const);
  const schemas = Object.fromEntries(named);
  const known = new Map<string, ZodOpenApiResponseObject>();
  const responses: ProblemResponses = (codes) => {
    const statuses = new Set(codes.map((code) => problemStatus[code]));
    return Object.fromEntries(
      [...statuses].map((status) => {
        const group = codes.filter((code) => problemStatus[code] === status);
        const key = group.join(" ");
        const response = known.get(key) ?? problemResponse(group);
        known.set(key, response);
        return [status, response];
      }),
    );
  };
  return { schemas, responses };
}

function problemResponse(codes: readonly ProblemCode[]): ZodOpenApiResponseObject {
  const refs = codes.map((code) => ({ $ref: `#/components/schemas/${pascalCase(code)}Problem` }));
  const [first] = codes;
  return {
    ...(codes.length === 1 && first !== undefined ? { id: pascalCase(first) } : {}),
    description: codes.map((code) => `\`${code}\`: ${problemTexts[code].meaning}`).join("\n\n"),
    headers: {
      "x-correlation-id": headerRef("CorrelationId"),
      ...(codes.includes("unauthorized") || codes.includes("insufficient_scope")
        ? { "www-authenticate": headerRef("WwwAuthenticate") }
        : {}),
      ...(codes.includes("rate_limited") || codes.includes("unavailable")
        ? { "retry-after": headerRef("RetryAfter") }
        : {}),
      ...(codes.includes("rate_limited")
        ? { ratelimit: headerRef("RateLimit"), "ratelimit-policy": headerRef("RateLimitPolicy") }
        : {}),
    },
    content: {
      "application/problem+json": {
        schema: refs.length === 1 && refs[0] ? refs[0] : { oneOf: refs, discriminator: { propertyName: "error" } },
      },
    },
  };
}

function pascalCase(code: string): string {
  return code
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
