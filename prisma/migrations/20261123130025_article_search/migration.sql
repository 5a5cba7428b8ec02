-- Full-text search of articles; Prisma's schema language has no indexes on expressions.
CREATE INDEX "articles_search_idx" ON "articles" USING gin (to_tsvector('english', "name" || ' ' || "body"));
