import { createPublicKey, type KeyObject } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { z } from "zod";
import { anotherKey, keyIdOf, openHead, publicKeyPem, signedHeadSchema, signHead } from "@/lib/audit/head";
import { auditSigningKey, auditSigningKeyFile } from "@/lib/audit/signing-key";
import { type ChainEnd, verifyAudit } from "@/lib/audit/verify-chain";
import { openEmbedded } from "@/lib/db/embedded-running";
import { env } from "@/lib/env";
import { readPublicKey } from "@/scripts/public-key";
import { fail, note } from "@/scripts/steps.mjs";

// `npm run audit:verify`: recomputes every chain of audit events and says what is not as it was recorded. Works beside a
// running instance. Exit code 1 when anything is wrong.

const usage = `npm run audit:verify [-- options]
  --export-heads FILE   when all is well, write the signed head of every chain there
  --heads FILE          check against heads exported earlier, here or by GET /identity/audit-events/head
  --public-key FILE     a key that heads and checkpoints were signed with (PEM), when this instance's is not all there
                        was: once for each, its own included
  --print-key           print this instance's public key and end`;

const { values } = readArguments();
if (values["print-key"]) {
  process.stdout.write(publicKeyPem(createPublicKey(auditSigningKey())));
  process.exit(0);
}

// Elsewhere than where the service runs there may be no key yet, and one made there signs for nobody else.
const isExporting = values["export-heads"] !== undefined;
const hasKey = env.AUDIT_SIGNING_KEY !== undefined || existsSync(join(env.DATA_DIR, auditSigningKeyFile));
if (!hasKey && isExporting)
  note(`Heads are signed with a new key, made in DATA_DIR ${env.DATA_DIR}: set AUDIT_SIGNING_KEY to the instances'`);
const ownKey = () => (hasKey || isExporting ? [createPublicKey(auditSigningKey())] : []);
const publicKeys = values["public-key"]?.map(readPublicKey) ?? ownKey();
const heads = values.heads === undefined ? [] : readHeads(values.heads, publicKeys);
const given = env.DATABASE_URL;
const database = given === undefined ? await openEmbedded(env.DATA_DIR) : { url: given, stop: async () => undefined };
try {
  process.exitCode = (await verify(database.url)) ? 0 : 1;
} finally {
  await database.stop();
}

async function verify(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "praxis-audit-verify" });
  await client.connect();
  const { chains, events, ends, faults } = await verifyAudit(client, heads, publicKeys).finally(() => client.end());
  for (const { chainId, sequence, id, problem } of faults)
    process.stderr.write(`✗ chain ${chainId}, event ${sequence}${id === null ? "" : ` (${id})`}: ${problem}\n`);
  if (faults.length > 0) {
    process.stderr.write(`✗ ${faults.length} of ${chains} chains are not as they were recorded\n`);
    return false;
  }
  process.stdout.write(`✓ ${events} events in ${chains} chains, all as they were recorded\n`);
  if (heads.length > 0) process.stdout.write(`✓ ${heads.length} signed heads agree\n`);
  const target = values["export-heads"];
  if (target !== undefined) {
    const signed = ends.map((end) => signHead(end));
    writeFileSync(target, `${JSON.stringify(signed, null, 2)}\n`);
    process.stdout.write(`✓ Heads written to ${target}: keep them where the database's operators cannot change them\n`);
  } else if (heads.length === 0) note("A tail that was cut off shows only against heads exported earlier (--heads)");
  return true;
}

/** Heads whose signatures hold; others end the program. */
function readHeads(path: string, keys: readonly KeyObject[]): ChainEnd[] {
  const file = z.union([z.array(signedHeadSchema), signedHeadSchema.transform((head) => [head])]);
  const parsed = z.string().transform(parseJson).pipe(file).safeParse(read(path));
  if (!parsed.success) return fail(`${path} holds no signed heads:\n${z.prettifyError(parsed.error)}`);
  return parsed.data.map((head) => {
    const key = keys.find((known) => keyIdOf(known) === head.keyId);
    if (key === undefined)
      return fail(
        `${path}: the head of chain ${head.chainId} was signed with ${anotherKey(head.keyId, keys)}; name its public half with --public-key`,
      );
    return openHead(head, key) ?? fail(`${path}: the head of chain ${head.chainId} was changed after it was signed`);
  });
}

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "Not JSON" });
    return z.NEVER;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return fail(`${path} cannot be read`);
  }
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        "export-heads": { type: "string" },
        heads: { type: "string" },
        "public-key": { type: "string", multiple: true },
        "print-key": { type: "boolean" },
      },
    });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
