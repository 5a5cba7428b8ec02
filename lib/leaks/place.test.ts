import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateSecret } from "@/lib/tokens/secret";
import { describePlace, placeOf } from "./place";

const token = generateSecret("api");

function urlOf(url: string | null): string | null {
  return placeOf({ token, type: "t", url, source: "content" }).url;
}

describe("where a secret was found", () => {
  test.each([
    ["https://github.com/o/r/blob/12345600b9cbe38a219f39a9941c9319b600c002/a.txt", true],
    ["https://ada:hunter2@github.com/o/r", "https://github.com/o/r"],
    ["https://gist.example/x?access_token=abc#L3", "https://gist.example/x"],
    ["javascript:alert(1)", null],
    ["not a url", null],
    ["", null],
    [null, null],
  ])("is kept without what may be secret: %j", (url, kept) => {
    expect(urlOf(url)).toBe(kept === true ? url : kept);
  });

  test("never holds the secret, wherever in the report it is and however it is written", () => {
    const escaped = [...token].map((character) => `%${character.charCodeAt(0).toString(16)}`).join("");
    const hiding = fc.constantFrom(
      `https://example.com/${token}`,
      `https://example.com/é/${token}.txt`,
      `https://example.com/${escaped}/x`,
      `https://${token}@example.com/`,
      `https://example.com/?q=${token}`,
      `https://${token.replace("_", ".")}.example.com/${token}/${token}`,
      `https://example.com/${"x".repeat(280)}/${token}`,
      token,
    );
    fc.assert(
      fc.property(hiding, fc.constantFrom("content", token, `${token} ${token}`), (url, source) => {
        const place = placeOf({ token, type: "t", url, source });
        const kept = JSON.stringify([place, describePlace(place)]);
        expect(kept).not.toContain(token.slice(4));
        expect(decodeURIComponent(place.url ?? "")).not.toContain(token.slice(4, 30));
        expect(describePlace(place).length).toBeLessThanOrEqual(500);
      }),
    );
  });

  test("is said in words, also when the report does not say", () => {
    expect(describePlace({ url: "https://a.example/b", source: "commit" })).toBe(
      "Reported as leaked, found in commit at https://a.example/b",
    );
    expect(describePlace({ url: null, source: null })).toBe("Reported as leaked; the report does not say where");
  });
});
