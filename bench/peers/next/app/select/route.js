import { createHash } from "node:crypto";
import pg from "pg";

export const dynamic = "force-dynamic";

const pool = new pg.Pool({ connectionString: process.env.PEER_DATABASE_URL, max: 10 });

/** A route handler that looks a token up by its hash with one SELECT, as many services do; no other check. */
export async function GET(request) {
  const secret = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const hash = createHash("sha256").update(secret).digest();
  const { rows } = await pool.query({
    name: "select",
    text: "select id from bench_tokens where hash = $1",
    values: [hash],
  });
  return Response.json({ id: rows[0]?.id ?? null }, { status: rows.length === 1 ? 200 : 401 });
}
