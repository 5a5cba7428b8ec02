import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/lib/db/generated/client";
import { pool } from "@/lib/db/pool";

const shared: typeof globalThis & { praxisDb?: PrismaClient } = globalThis;

/** The process's Prisma client, over the shared pool. */
export const db: PrismaClient =
  shared.praxisDb ?? new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" });
shared.praxisDb = db;
