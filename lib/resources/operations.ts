import { z } from "zod";
import type { Scope } from "@/lib/access/scopes";
import { listOf, type PathOperations, pageQuery, tenantOperation } from "@/lib/operation";
import type { Resource, ResourceRow } from "./define";
import { deleteRow, getRow, listRows, putByName, replaceRow } from "./store";

type Input = z.ZodType<{ name: string }>;

const listQuery = z.strictObject(pageQuery);

/** List, and create or update by name: the operations of `/v1/pipelines` and its like. */
export function collectionOperations<S extends Scope, Row extends ResourceRow, I extends Input>(
  resource: Resource<S, Row, I>,
): Required<Pick<PathOperations, "GET" | "POST">> {
  const { label, output } = resource;
  return {
    GET: tenantOperation({
      summary: `List ${label.many}`,
      scope: resource.read,
      query: listQuery,
      responses: { 200: { description: `A page of ${label.many} by name`, schema: listOf(output) } },
      async handle({ grant, query }) {
        const { items, nextCursor } = await listRows(resource, grant, query);
        return { status: 200, body: { items: items.map(resource.toView), nextCursor } };
      },
    }),
    POST: tenantOperation({
      summary: `Create ${article(label.one)} ${label.one}, or update the one of the same name`,
      scope: resource.write,
      body: resource.input,
      responses: {
        200: { description: `The ${label.one} of that name, updated`, schema: output },
        201: { description: `The new ${label.one}`, schema: output },
      },
      errors: ["forbidden"],
      async handle({ grant, body }) {
        const { created, row } = await putByName(resource, grant, body);
        return { status: created ? 201 : 200, body: resource.toView(row) };
      },
    }),
  };
}

/** Read, replace and delete one: the operations of `/v1/pipelines/{id}` and its like. */
export function itemOperations<S extends Scope, Row extends ResourceRow, I extends Input>(
  resource: Resource<S, Row, I>,
): Required<Pick<PathOperations, "GET" | "PUT" | "DELETE">> {
  const { label, output } = resource;
  return {
    GET: tenantOperation({
      summary: `Read ${article(label.one)} ${label.one}`,
      scope: resource.read,
      responses: { 200: { description: `The ${label.one}`, schema: output } },
      async handle({ grant, id }) {
        return { status: 200, body: resource.toView(await getRow(resource, grant, id)) };
      },
    }),
    PUT: tenantOperation({
      summary: `Replace ${article(label.one)} ${label.one}`,
      scope: resource.write,
      body: resource.input,
      responses: { 200: { description: `The ${label.one} as it now is`, schema: output } },
      errors: ["conflict"],
      async handle({ grant, id, body }) {
        return { status: 200, body: resource.toView(await replaceRow(resource, grant, id, body)) };
      },
    }),
    DELETE: tenantOperation({
      summary: `Delete ${article(label.one)} ${label.one}`,
      scope: resource.write,
      responses: { 204: { description: "It is gone" } },
      async handle({ grant, id }) {
        await deleteRow(resource, grant, id);
        return { status: 204 };
      },
    }),
  };
}

function article(noun: string): "a" | "an" {
  return /^[aeiou]/.test(noun) ? "an" : "a";
}
