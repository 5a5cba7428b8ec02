import { defineConfig } from "prisma/config";

/** Read by `prisma generate`. Migrations run through prisma/migrate.ts, which needs no downloaded engine. */
export default defineConfig({ schema: "prisma/schema.prisma" });
