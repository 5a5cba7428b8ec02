import type { TestProject } from "vitest/node";
import { installJobs } from "@/lib/jobs/install";
import { createDatabase, dropDatabase, uniqueName } from "@/lib/test/databases";
import { startScratchDatabase } from "@/lib/test/scratch-database";
import { migrate } from "@/prisma/migrate";

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: { adminUrl: string; template: string };
  }
}

/**
 * Runs once before the integration tests: a PostgreSQL (TEST_DATABASE_URL, or the embedded one in a temporary
 * directory) with a migrated template database, from which each test file gets its own.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = uniqueName("praxis_template");
  const templateUrl = await createDatabase(server.adminUrl, template);
  await migrate(templateUrl);
  await installJobs(templateUrl);
  project.provide("databaseServer", { adminUrl: server.adminUrl, template });
  return async () => {
    await dropDatabase(server.adminUrl, template);
    await server.stop();
  };
}

async function startServer(): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { adminUrl: given, stop: async () => undefined };
  const { url, stop } = await startScratchDatabase();
  return { adminUrl: url, stop };
}
