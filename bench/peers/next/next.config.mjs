import { join } from "node:path";

/** @type {import("next").NextConfig} */
export default {
  outputFileTracingRoot: join(import.meta.dirname, "../../.."),
  turbopack: { root: join(import.meta.dirname, "../../..") },
  serverExternalPackages: ["pg", "better-auth", "@better-auth/api-key"],
};
