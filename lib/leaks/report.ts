import type { Origin } from "@/lib/access/principal";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { Problem } from "@/lib/errors";
import { digestOf, hashSecret, type PresentedSecret, parseSecret } from "@/lib/tokens/secret";
import { type KnownToken, leakedTokenColumns, recordLeaks, tellOwners } from "./aftermath";
import { describePlace, type LeakPlace, placeOf } from "./place";
import type { Finding, LeakVerdict } from "./schema";
import type { VerifiedSignature } from "./signature";

const timeoutMilliseconds = 30_000;

/**
 * Revokes, as compromised and at once, every reported token that is ours, and puts on record where each was found; those
 * that were dead already, too. All of it or, for a report that was accepted before (409), nothing.
 */
export async function acceptLeakReport(
  signature: VerifiedSignature,
  findings: readonly Finding[],
  origin: Origin,
): Promise<LeakVerdict[]> {
  const leaks = findings.flatMap((finding): Leak[] => {
    const presented = parseSecret(finding.token);
    return presented ? [{ presented, place: placeOf(finding) }] : [];
  });
  const known = await db.$transaction(
    async (transaction) => {
      await refuseReplay(transaction, signature);
      const tokens = await knownTokens(transaction, leaks);
      const revoked = await revokeLeaked(transaction, leaks);
      const leaked = [...tokens].map(([digest, token]) => ({
        token,
        places: leaks.filter(({ presented }) => presented.digest === digest).map(({ place }) => place),
        note: revoked.get(token.id) ?? null,
      }));
      await tellOwners(transaction, leaked);
      await recordLeaks(transaction, leaked, origin);
      return tokens;
    },
    { timeout: timeoutMilliseconds },
  );
  return findings.map((finding) => {
    const digest = digestOf(finding.token);
    return {
      token_hash: digest,
      token_type: finding.type,
      label: known.has(digest) ? "true_positive" : "false_positive",
    };
  });
}

interface Leak {
  presented: PresentedSecret;
  place: LeakPlace;
}

/** Of reports with the same signature, however close they come in, one gets past this. */
async function refuseReplay(
  transaction: Prisma.TransactionClient,
  { digest, keyIdentifier }: VerifiedSignature,
): Promise<void> {
  const { count } = await transaction.leakReport.createMany({
    data: [{ signatureHash: digest, keyIdentifier }],
    skipDuplicates: true,
  });
  if (count === 0) throw new Problem({ code: "conflict" }, "This very report was accepted before");
}

/** Those of the reported tokens that are ours, by the digest of their secret. */
async function knownTokens(
  transaction: Prisma.TransactionClient,
  leaks: readonly Leak[],
): Promise<ReadonlyMap<string, KnownToken>> {
  const hashes = leaks.map(({ presented }) => hashSecret(presented.secret));
  const rows = await transaction.token.findMany({ where: { hash: { in: hashes } }, select: leakedTokenColumns });
  return new Map(rows.map((row) => [Buffer.from(row.hash).toString("hex"), row]));
}

/**
 * Revokes those that are not revoked, in one statement; returns the note on each, by token id. Rows are locked in id
 * order, so that no two calls wait for each other. Raw SQL, because Prisma has no locks and one note for all.
 */
async function revokeLeaked(
  transaction: Prisma.TransactionClient,
  leaks: readonly Leak[],
): Promise<ReadonlyMap<string, string>> {
  // A token that was found in several places gets the note of the first.
  const notes = new Map([...leaks].reverse().map(({ presented, place }) => [presented.digest, describePlace(place)]));
  const found = JSON.stringify([...notes].map(([digest, note]) => ({ digest, note })));
  const rows = await transaction.$queryRaw<{ id: string; note: string }[]>`
    with found as (
      select decode(digest, 'hex') as hash, note from jsonb_to_recordset(${found}::jsonb) as f(digest text, note text)
    ), locked as (
      select t.id, found.note from tokens t join found on found.hash = t.hash
      where t.revoked_at is null order by t.id for no key update of t
    )
    update tokens t set revoked_at = ${new Date()}::timestamptz, revoked_reason = 'compromised', revoked_note = locked.note
    from locked where t.id = locked.id
    returning t.id, t.revoked_note as note`;
  return new Map(rows.map(({ id, note }) => [id, note]));
}
