-- CreateIndex
CREATE INDEX "tokens_organization_id_created_at_id_idx" ON "tokens"("organization_id", "created_at", "id");

-- Few tokens are superseded, and they are looked for among all: Prisma's schema language has no partial indexes.
CREATE INDEX "tokens_superseded_idx" ON "tokens" ("tenant_id", "superseded_at") WHERE "superseded_at" IS NOT NULL;

-- Search in a tenant by parts of the name or hint, and by rare scopes. Both extensions come with PostgreSQL and are
-- trusted: the owner of a database may add them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX "tokens_search_idx" ON "tokens"
  USING gin ("tenant_id", "name" gin_trgm_ops, "hint" gin_trgm_ops, "scopes");
