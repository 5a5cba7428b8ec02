import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateSecret, hashSecret, parseSecret, secretHint, secretPattern } from "./secret";

describe("a secret", () => {
  test("has its prefix, 32 random characters and a checksum, and reads back", () => {
    const secret = generateSecret("api");
    expect(secret).toMatch(/^pxt_[0-9A-Za-z]{38}$/);
    expect(parseSecret(secret)).toMatchObject({ secret, kind: "api" });
    expect(parseSecret(generateSecret("personal"))?.kind).toBe("personal");
  });

  test("is refused after any change of one character", () => {
    fc.assert(
      fc.property(
        fc.nat(41),
        fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-"),
        (at, other) => {
          const secret = generateSecret("api");
          const changed = secret.slice(0, at) + other + secret.slice(at + 1);
          expect(parseSecret(changed) === null).toBe(changed !== secret);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("is found by the published pattern in whatever text it leaked into, whole and alone", () => {
    expect(secretPattern).toBe("px[tp]_[0-9A-Za-z]{38}");
    const margin = fc.string().map((text) => text.replace(/[0-9A-Za-z_]/g, " "));
    fc.assert(
      fc.property(fc.constantFrom("api", "personal"), margin, margin, (kind, before, after) => {
        const secret = generateSecret(kind);
        expect((before + secret + after).match(new RegExp(secretPattern, "g"))).toEqual([secret]);
      }),
      { numRuns: 2000 },
    );
  });

  test("is told by its checksum from what has its shape only", () => {
    const base62 = fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    fc.assert(
      fc.property(
        fc.constantFrom("pxt_", "pxp_"),
        fc.array(base62, { minLength: 38, maxLength: 38 }),
        (prefix, rest) => {
          expect(parseSecret(prefix + rest.join(""))).toBeNull();
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 40 }), (at) => {
        const secret = generateSecret("api");
        const swapped = secret.slice(0, at) + secret.charAt(at + 1) + secret.charAt(at) + secret.slice(at + 2);
        expect(parseSecret(swapped) === null).toBe(swapped !== secret);
      }),
      { numRuns: 2000 },
    );
  });

  test("no text but a secret is one", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `pxt_${text}`),
        ),
        (text) => {
          expect(parseSecret(text)).toBeNull();
        },
      ),
    );
    const secret = generateSecret("api");
    for (const text of [` ${secret}`, `${secret}\n`, secret.toUpperCase(), secret.replace("pxt", "pxp")])
      expect(parseSecret(text)).toBeNull();
  });

  test("uses every character of the alphabet about equally often", () => {
    const counts = new Map<string, number>();
    const secrets = 4000;
    for (let index = 0; index < secrets; index++)
      for (const character of generateSecret("api").slice(4, 36))
        counts.set(character, (counts.get(character) ?? 0) + 1);
    const expected = (secrets * 32) / 62;
    expect(counts.size).toBe(62);
    // Modulo bias would make the first 8 characters 25 % more frequent; 6 standard deviations here are 13 %.
    for (const count of counts.values()) expect(Math.abs(count - expected) / expected).toBeLessThan(0.13);
  });

  test("is stored as 32 bytes of SHA-256 and shown as prefix and last four characters", () => {
    const secret = generateSecret("api");
    expect(hashSecret(secret)).toHaveLength(32);
    expect(secretHint(secret)).toBe(`pxt_…${secret.slice(-4)}`);
  });
});
