import { readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { requestExamples } from "@/lib/openapi/examples";
import { tagOf } from "@/lib/openapi/tags";
import { type Method, methods, type Operation } from "@/lib/operation";
import { apiDocument } from "./api-document";
import { apiOperations } from "./operations";

/** Route files that are not operations of the API, each with the reason. */
const undescribed: Readonly<Record<string, string>> = {
  "/api/auth/{nextauth}": "next-auth's own; the guide says how scripts sign in",
  "/identity/{path}": "answers 404 for what is no route",
  "/identity/settings/organization/audit/export":
    "a page's download; the API has GET /identity/organization/audit-events",
  "/identity/settings/tenant/audit/export": "a page's download; the API has GET /identity/audit-events",
  "/openapi.json": "the document itself",
  "/sign-in/sso": "for browsers: it leads to the OpenID provider",
  "/sign-in/sso/callback": "for browsers: it is where the OpenID provider sends them back to",
  "/v1/{path}": "serves lib/resources/registry.ts, which the document lists",
};
/** Described by hand: they have no caller and no scope. */
const describedByHand = ["/healthz", "/readyz"];

const keyOf = { GET: "get", POST: "post", PUT: "put", PATCH: "patch", DELETE: "delete" } as const;
const app = import.meta.dirname;
const routeFiles = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) =>
  /(^|\/)route\.ts$/.test(file),
);
const described = Object.entries(apiDocument.paths ?? {}).flatMap(([path, item]) =>
  methods.flatMap((method) => {
    const operation = item[keyOf[method]];
    return operation ? [{ key: `${method} ${path}`, path, method, operation }] : [];
  }),
);

describe("the OpenAPI document", () => {
  test.each(routeFiles.map((file) => [pathOf(file), file]))("describes %s", async (path, file) => {
    if (path in undescribed) return;
    if (describedByHand.includes(path)) {
      expect(apiDocument.paths?.[path]).toBeDefined();
      return;
    }
    const handlers: Partial<Record<Method, { operation?: Operation }>> = await import(join(app, file));
    const served = methods.flatMap((method) => handlers[method]?.operation ?? []);
    expect(served.length, `${file} has operations; is it made by routes()?`).toBeGreaterThan(0);
    expect(new Set(Object.values(apiOperations[path] ?? {})), `add ${path} to app/operations.ts`).toEqual(
      new Set(served),
    );
  });

  test("describes each operation of the tables, and each path that is listed as undescribed still exists", () => {
    for (const [path, operations] of Object.entries(apiOperations))
      expect(described.filter((entry) => entry.path === path).length).toBe(new Set(Object.values(operations)).size);
    expect(routeFiles.map(pathOf)).toEqual(expect.arrayContaining([...Object.keys(undescribed), ...describedByHand]));
  });

  test("has a group, a unique name and a summary for each operation", () => {
    expect(described.filter(({ path }) => tagOf(path) === undefined)).toEqual([]);
    expect(new Set(described.map(({ operation }) => operation.operationId)).size).toBe(described.length);
    expect(described.filter(({ operation }) => !operation.summary)).toEqual([]);
  });

  test("refers to nothing that it does not have", () => {
    for (const [, pointer = ""] of JSON.stringify(apiDocument).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer.split("/").reduce<unknown>((node, key) => Object(node)[key], apiDocument);
      expect(target, pointer).toBeDefined();
    }
  });

  test("demands of each credential the scope that the operation demands", () => {
    for (const { path, method, operation } of described) {
      const scope = apiOperations[path]?.[method]?.scope;
      if (scope === undefined) continue;
      expect(operation.security?.length).toBeGreaterThan(0);
      for (const requirement of operation.security ?? [])
        expect(Object.values(requirement)).toEqual([scope === null ? [] : [scope]]);
    }
  });

  test("describes queries by what clients send, before any transformation", () => {
    const status = apiDocument.paths?.["/identity/tokens"]?.get?.parameters?.find((parameter) =>
      "name" in parameter ? parameter.name === "status" : false,
    );
    expect(status).toMatchObject({ in: "query", schema: { type: "string" } });
  });

  test("has an example for each body, and each is valid by its schema", () => {
    const withBody = described.filter(({ operation }) => operation.requestBody);
    expect(withBody.map(({ key }) => key).sort()).toEqual(Object.keys(requestExamples).sort());
    const ajv = addFormats.default(new Ajv2020({ strict: false, formats: { cidrv4: true, cidrv6: true } }));
    ajv.addSchema({ $id: "api", ...apiDocument });
    for (const { key, path, method } of withBody) {
      const pointer = `api#/paths/${path.replaceAll("/", "~1")}/${method.toLowerCase()}/requestBody/content`;
      const [mediaType = ""] = Object.keys(contentOf(path, method));
      const validate = ajv.compile({ $ref: `${pointer}/${mediaType.replaceAll("/", "~1")}/schema` });
      expect([validate(requestExamples[key]), key, validate.errors]).toEqual([true, key, null]);
    }
  });
});

function pathOf(file: string): string {
  const segments = dirname(relative(app, join(app, file))).split(sep);
  return `/${segments.map((segment) => segment.replace(/^\[(?:\.\.\.)?(\w+)\]$/, "{$1}")).join("/")}`;
}

function contentOf(path: string, method: Method): object {
  const body = described.find((entry) => entry.path === path && entry.method === method)?.operation.requestBody;
  return body && "content" in body ? body.content : {};
}
