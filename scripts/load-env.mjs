import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

// Preloaded by programs that start without scripts/start.mjs: settings from .env, as there.
if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
