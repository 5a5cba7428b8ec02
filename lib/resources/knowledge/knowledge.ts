import { z } from "zod";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { listOf, pageQuery, tenantOperation } from "@/lib/operation";
import { defineResource, type ResourceApi } from "@/lib/resources/define";
import { lineField, nameField, rowFields, rowTimes } from "@/lib/resources/fields";
import { collectionOperations, itemOperations } from "@/lib/resources/operations";
import { listRows } from "@/lib/resources/store";

const input = z.strictObject({
  name: nameField,
  body: z.string().max(100_000, "Use at most 100,000 characters"),
  tags: z.array(lineField(40)).max(20).default([]),
});

/** Knowledge articles: runbooks and notes, searched in full text. */
const articles = defineResource({
  kind: "article",
  path: "/v1/knowledge",
  label: { one: "article", many: "articles" },
  read: "knowledge:read",
  write: "knowledge:write",
  input,
  output: z.object({ ...input.shape, ...rowFields }),
  limit: null,
  table: (client) => client.article,
  insert: (client, article, owner) =>
    client.article.createMany({ data: { ...article, ...owner }, skipDuplicates: true }),
  toColumns: (article) => article,
  toView: (row: Prisma.ArticleModel) => {
    const { id, name, body, tags } = row;
    return { id, name, body, tags, ...rowTimes(row) };
  },
});

const searchQuery = z.strictObject({
  ...pageQuery,
  q: z.string().trim().max(200).optional().describe('Words to find, as in a web search: backup -"old cluster"'),
});

const example = { name: "Disk full", body: "Rotate the logs, then find what grew.", tags: ["runbook"] };

export const knowledgeApi: ResourceApi = {
  tag: { name: "Knowledge", description: "Runbooks and notes, searched in full text." },
  operations: {
    "/v1/knowledge": {
      ...collectionOperations(articles),
      GET: tenantOperation({
        summary: "List or search articles",
        description: "By name; with `q`, those whose name or body match (PostgreSQL full-text search, English).",
        scope: articles.read,
        query: searchQuery,
        responses: { 200: { description: "A page of articles", schema: listOf(articles.output) } },
        async handle({ grant, query }) {
          const where = query.q ? { id: { in: await matches(grant.tenantId, query.q) } } : undefined;
          const { items, nextCursor } = await listRows(articles, grant, query, where);
          return { status: 200, body: { items: items.map(articles.toView), nextCursor } };
        },
      }),
    },
    "/v1/knowledge/{id}": itemOperations(articles),
  },
  examples: {
    "POST /v1/knowledge": example,
    "PUT /v1/knowledge/{id}": { ...example, tags: ["runbook", "disk"] },
  },
};

const mostMatches = 1000;

/** The best matches of a search; Prisma has no operator for the index that finds them. */
async function matches(tenantId: string, q: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from articles, websearch_to_tsquery('english', ${q}) as search
    where tenant_id = ${tenantId}::uuid and to_tsvector('english', name || ' ' || body) @@ search
    order by ts_rank(to_tsvector('english', name || ' ' || body), search) desc, id limit ${mostMatches}`;
  return rows.map(({ id }) => id);
}
