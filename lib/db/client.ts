import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/lib/db/generated/client";
import { pool } from "@/lib/db/pool";
import { createStatementNames } from "@/lib/db/statement-names";

// server.ts and Next's bundle each load this module; both must share the clients.
const shared: typeof globalThis & { praxisDb?: PrismaClient; praxisPreparedDb?: PrismaClient } = globalThis;

/** The process's Prisma client, over the shared pool. */
export const db: PrismaClient =
  shared.praxisDb ?? new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" });
shared.praxisDb = db;

/**
 * The same, for statements that are asked all the time and find their rows by one key whatever their values: PostgreSQL
 * plans each once for a connection, and no longer for its values. What is sorted or filtered freely belongs to `db`.
 */
export const preparedDb: PrismaClient =
  shared.praxisPreparedDb ??
  new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: createStatementNames() }),
    errorFormat: "minimal",
  });
shared.praxisPreparedDb = preparedDb;
