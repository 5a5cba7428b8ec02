import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { addAuditEvents, createPlace, type Place } from "@/lib/test/fixtures";

// `npm run audit:verify` as an operator runs it.

let scratch: string;
let heads: string;
let place: Place;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "praxis-audit-"));
  heads = join(scratch, "heads.json");
  place = await createPlace();
  await addAuditEvents(place, Array(20).fill({}));
});
afterAll(() => rm(scratch, { recursive: true }));

async function verify(...options: string[]) {
  const program = ["--conditions=react-server", "--import", "tsx", "scripts/audit-verify.ts", ...options];
  const env = { ...process.env, DATA_DIR: scratch, AUDIT_SIGNING_KEY: "" };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, program, { env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (error instanceof Error && "stderr" in error && "code" in error)
      return { code: error.code, stdout: "", stderr: String(error.stderr) };
    throw error;
  }
}

/** What an owner of the database can do to the log, past its triggers. */
async function tamper(sql: string): Promise<void> {
  await db.$transaction([
    db.$executeRawUnsafe("alter table audit_events disable trigger user"),
    ...sql.split(";").map((statement) => db.$executeRawUnsafe(statement)),
    db.$executeRawUnsafe("alter table audit_events enable trigger user"),
  ]);
}

test("an untouched log is found whole, and heads are exported, signed by a key that nobody else can read", async () => {
  const { code, stdout } = await verify("--export-heads", heads);
  expect([code, stdout]).toEqual([0, expect.stringContaining("✓ 20 events in 1 chains")]);
  expect(JSON.parse(await readFile(heads, "utf8"))).toMatchObject([{ chainId: place.tenantId, sequence: 20 }]);
  expect((await stat(join(scratch, "audit-signing-key"))).mode & 0o777).toBe(0o600);
  await addAuditEvents(place, [{}]);
  expect(await verify("--heads", heads)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("1 signed heads agree"),
  });
  expect((await verify("--print-key")).stdout).toContain("BEGIN PUBLIC KEY");
});

test("a tail that was cut off, the chain's end put back, shows against the signed head", async () => {
  const chain = `chain_id = '${place.tenantId}'`;
  await tamper(`delete from audit_events where ${chain} and sequence > 18;
    update audit_chains set sequence = 18, hash = (select hash from audit_events where ${chain} and sequence = 18)
    where id = '${place.tenantId}'`);
  expect((await verify()).code).toBe(0);
  const { code, stderr } = await verify("--heads", heads);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`chain ${place.tenantId}, event 19: missing`)]);
});

test("an edited row is named; nothing is exported then", async () => {
  const row = await db.auditEvent.findFirstOrThrow({ where: { chainId: place.tenantId, sequence: 5 } });
  await tamper(`update audit_events set outcome = 'denied' where id = '${row.id}'`);
  const exported = join(scratch, "more.json");
  const { code, stderr } = await verify("--export-heads", exported);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`chain ${place.tenantId}, event 5 (${row.id}): changed`)]);
  await expect(stat(exported)).rejects.toThrow("ENOENT");
});

test("heads that were changed or signed with another key are refused", async () => {
  const [head] = JSON.parse(await readFile(heads, "utf8"));
  const forged = join(scratch, "forged.json");
  await writeFile(forged, JSON.stringify([{ ...head, sequence: 18 }]));
  expect((await verify("--heads", forged)).stderr).toContain("was changed after it was signed");
  await rm(join(scratch, "audit-signing-key"));
  expect((await verify("--heads", heads)).stderr).toContain("signed with another key");
  await writeFile(join(scratch, "key.pem"), head.publicKey);
  const named = ["--public-key", join(scratch, "key.pem")];
  expect((await verify("--heads", heads, ...named)).stderr).toContain("event 5");
  // As after the key was changed: heads by either.
  const other = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" });
  await writeFile(join(scratch, "other.pem"), other);
  expect((await verify("--heads", heads, "--public-key", join(scratch, "other.pem"), ...named)).stderr).toContain(
    "event 5",
  );
});
