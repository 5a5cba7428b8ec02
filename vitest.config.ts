import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const exclude = ["**/node_modules/**", ".next/**", "e2e/**", "bench/**", ".data*/**"];

export default defineConfig({
  resolve: {
    alias: {
      "@": root.replace(/\/$/, ""),
      // Outside a React server the real package throws on import.
      "server-only": fileURLToPath(new URL("lib/test/server-only.ts", import.meta.url)),
    },
  },
  test: {
    env: { LOG_LEVEL: "silent" },
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["**/*.test.ts"], exclude: [...exclude, "**/*.integration.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude,
          globalSetup: ["lib/test/database-server.ts"],
          setupFiles: ["lib/test/database.ts"],
          hookTimeout: 30_000,
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        // Real processes, broken on purpose: one at a time, after the build, and with nothing beside it.
        test: {
          name: "faults",
          include: ["e2e/faults/*.spec.ts"],
          exclude: ["**/node_modules/**"],
          fileParallelism: false,
        },
      },
    ],
  },
});
