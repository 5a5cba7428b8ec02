import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import pg from "pg";

/** better-auth as its documentation sets it up for API keys kept in PostgreSQL; its rate limit would refuse the load. */
export const pool = new pg.Pool({ connectionString: process.env.PEER_DATABASE_URL, max: 10 });
pool.on("error", () => undefined);
export const auth = betterAuth({
  database: pool,
  secret: "a secret of the benchmark, which keeps nothing",
  baseURL: "http://127.0.0.1",
  telemetry: { enabled: false },
  logger: { disabled: true },
  emailAndPassword: { enabled: true },
  plugins: [apiKey({ rateLimit: { enabled: false } })],
});

/**
 * Verifies a key and that it may read pipelines.
 * @param {string | null | undefined} authorization
 * @returns {Promise<{ status: number, id: string | null }>}
 */
export async function verify(authorization) {
  const key = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1] ?? "";
  const { valid, key: found } = await auth.api.verifyApiKey({ body: { key, permissions: { pipeline: ["read"] } } });
  return valid && found ? { status: 200, id: found.id } : { status: 401, id: null };
}
