import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { query } from "@/lib/test/databases";
import { createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { startScratchDatabase } from "@/lib/test/scratch-database";
import { migrate } from "@/prisma/migrate";
import type { MemoryReport } from "./audit-export-server";

// `npm run bench:audit-export [-- --rows 1000000]`: exports a long audit log, whole and to a slow reader, and reports
// speed and the memory of the server process. Everything on loopback and in a temporary directory.

const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
const rowCount = Number(values.rows);
const slowSeconds = 15;
const slowBytesPerSecond = 2 * 2 ** 20;

const database = await startScratchDatabase();
process.env.DATABASE_URL = database.url;
let server: ChildProcess | undefined;
try {
  await migrate(database.url);
  const place = await createPlace();
  const token = await createTokenRow(place, { scopes: ["audit:read"] });
  await fill(place);
  const origin = await startServer();
  const list = `${origin}/identity/audit-events`;
  const headers = { authorization: `Bearer ${token.secret}` };
  for (let call = 0; call < 20; call++) await (await fetch(list, { headers })).text();
  say(`${rowCount.toLocaleString("en")} events. At rest after 20 calls: ${(await memory()).restMebibytes} MiB.`);

  for (const accept of ["application/x-ndjson", "text/csv"]) {
    const started = performance.now();
    const { bytes, lines } = await drain(await fetch(list, { headers: { ...headers, accept } }));
    const seconds = (performance.now() - started) / 1000;
    const { peakMebibytes, restMebibytes } = await memory();
    say(
      `${accept}: ${lines.toLocaleString("en")} lines, ${Math.round(bytes / 2 ** 20)} MiB in ${seconds.toFixed(1)} s = ` +
        `${Math.round(lines / seconds).toLocaleString("en")} rows/s; peak ${peakMebibytes} MiB, after it ${restMebibytes} MiB.`,
    );
  }
  await readSlowly(list, headers);
} finally {
  server?.disconnect();
  await db.$disconnect();
  await pool.end();
  await database.stop();
}

/** Events as calls with tokens make them, put on record as the service does it. */
async function fill({ organizationId, tenantId }: Place): Promise<void> {
  const batch = 10_000;
  for (let first = 1; first <= rowCount; first += batch)
    await query(
      database.url,
      `select append_audit_events(jsonb_agg(jsonb_build_object(
         'organization_id', '${organizationId}', 'tenant_id', '${tenantId}', 'actor_kind', 'token',
         'actor_id', '${tenantId}', 'actor_label', 'pxt_…a1b2', 'action', 'token.used', 'target_kind', 'token',
         'target_id', '${tenantId}', 'target_label', 'pxt_…a1b2', 'outcome', 'success', 'address', '203.0.113.7',
         'user_agent', 'curl/8.5.0', 'correlation_id', md5(n::text), 'details',
         '{"scope":"metrics:write","method":"POST","path":"/v1/metrics/x","status":200}'::jsonb)))
       from generate_series(${first}, ${Math.min(first + batch - 1, rowCount)}) n`,
    );
  await query(database.url, "analyze audit_events");
}

async function startServer(): Promise<string> {
  server = fork(join(import.meta.dirname, "audit-export-server.ts"), {
    execArgv: ["--conditions=react-server", "--import", "tsx", "--expose-gc"],
    env: { ...process.env, LOG_LEVEL: "error" },
  });
  const [{ port }] = await once(server, "message");
  return `http://127.0.0.1:${port}`;
}

async function memory(): Promise<MemoryReport> {
  if (!server) throw new Error("the server is not running");
  const report = once(server, "message");
  server.send("report");
  return (await report)[0];
}

async function drain(response: Response) {
  let [bytes, lines] = [0, 0];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    for (const byte of chunk) if (byte === 10) lines++;
  }
  return { bytes, lines };
}

/** Reads at a fixed pace, then leaves in the middle. */
async function readSlowly(list: string, headers: Record<string, string>): Promise<void> {
  const before = await memory();
  const response = await fetch(list, { headers: { ...headers, accept: "application/x-ndjson" } });
  const reader = response.body?.getReader();
  const started = performance.now();
  let bytes = 0;
  for (let done = false; !done && performance.now() - started < slowSeconds * 1000; ) {
    const chunk = await reader?.read();
    done = chunk?.done ?? true;
    bytes += chunk?.value?.byteLength ?? 0;
    await wait(Math.max(0, (bytes / slowBytesPerSecond) * 1000 - (performance.now() - started)));
  }
  await reader?.cancel();
  await wait(1000);
  const left = await memory();
  await wait(2000);
  const later = await memory();
  say(
    `A reader at ${slowBytesPerSecond / 2 ** 20} MiB/s: ${Math.round(bytes / 2 ** 20)} MiB read in ${slowSeconds} s, ` +
      `${left.queries - before.queries} queries for it, ${later.queries - left.queries} more once it left; peak ${left.peakMebibytes} MiB.`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
