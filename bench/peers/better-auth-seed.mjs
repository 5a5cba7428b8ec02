import { writeFileSync } from "node:fs";
import { getMigrations } from "better-auth/db/migration";
import { auth, pool } from "./better-auth-instance.mjs";

// Makes better-auth's tables, a user, and COUNT keys, whose plaintexts go to KEYS_FILE for the load generator.

const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
const { user } = await auth.api.signUpEmail({
  body: { name: "Bench", email: "bench@example.com", password: "correct horse battery staple" },
});
const keys = [];
for (let index = 0; index < Number(process.env.COUNT); index++) {
  const permissions = { pipeline: ["read"] };
  const { id, key } = await auth.api.createApiKey({ body: { name: `key ${index}`, userId: user.id, permissions } });
  keys.push({ id, key });
}
writeFileSync(process.env.KEYS_FILE ?? "", JSON.stringify(keys));
await pool.end();
