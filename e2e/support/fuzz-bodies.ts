import fc from "fast-check";
import type { Target } from "./fuzz-world";

/** Bodies that no operation may accept, made from its example. */

export interface BadBody {
  body: Buffer;
  refusedWith: readonly number[];
}

const refused = [400];

/** A body that the operation must refuse; `mark` stands in it where a name would. */
export function badBody(target: Target, mark: string): fc.Arbitrary<BadBody> {
  if (target.operation.bodyType === "form") return badForm();
  const example = marked(target.example, mark);
  return fc.oneof(
    { weight: 12, arbitrary: invalidValue(target, example) },
    { weight: 6, arbitrary: brokenText(JSON.stringify(example)) },
    { weight: 3, arbitrary: unstorableText(example) },
    { weight: 2, arbitrary: deep(example) },
    { weight: 3, arbitrary: withKeyTwice(example) },
    { weight: 1, arbitrary: long(target, example) },
  );
}

function marked(example: unknown, mark: string): unknown {
  if (typeof example !== "object" || example === null || Array.isArray(example)) return example;
  return "name" in example ? { ...example, name: mark } : example;
}

/** JSON that the document's schema does not allow. */
function invalidValue(target: Target, example: unknown): fc.Arbitrary<BadBody> {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1e308,
      1.5,
      Number.MAX_SAFE_INTEGER + 2,
      "",
      " ",
      "\u202e",
      [],
      {},
      [[]],
      [null],
    ),
    fc.string({ unit: "binary", maxLength: 300 }).map((text) => text.toWellFormed().replaceAll("\0", "").trim()),
    fc.constant("x".repeat(20_000)),
    fc.array(fc.string(), { maxLength: 300 }),
  );
  const strangeName = fc.oneof(
    fc.constantFrom(
      "__proto__",
      "constructor",
      "prototype",
      "toString",
      "id",
      "tenantId",
      "organizationId",
      "$where",
      "",
      " name",
      "Name",
      "na\u200bme",
    ),
    fc.string({ maxLength: 12 }).map((text) => `x${text}`),
  );
  const places = placesIn(example);
  const replaced = fc
    .tuple(fc.constantFrom(...places), odd)
    .map(([place, value]) => replacedAt(example, place, () => value));
  const dropped = fc.constantFrom(...places).map((place) => replacedAt(example, place, () => undefined));
  const extended = fc.tuple(strangeName, odd).map(([name, value]) => withMember(example, name, value));
  return fc.oneof({ weight: 4, arbitrary: replaced }, dropped, { weight: 3, arbitrary: extended }).map((value) => {
    const text = JSON.stringify(value) ?? "null";
    // What the schema allows after all is not sent: it might do something.
    const isAllowed = target.isValidBody(JSON.parse(text));
    return { body: Buffer.from(isAllowed ? JSON.stringify({ not: { an: example } }) : text), refusedWith: refused };
  });
}

/** `{"__proto__": …}` has to be written: in an object literal it would be the prototype. */
function withMember(example: unknown, name: string, value: unknown): unknown {
  const object = Array.isArray(example) ? (example[0] ?? {}) : example;
  const changed = Object.defineProperty({ ...Object(object) }, name, { value, enumerable: true });
  return Array.isArray(example) ? [changed] : changed;
}

type Place = readonly (string | number)[];

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [[]];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [[], ...keys.flatMap((key) => placesIn(Reflect.get(value, key)).map((place) => [key, ...place]))];
}

function replacedAt(value: unknown, [key, ...rest]: Place, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const member = replacedAt(Reflect.get(Object(value), key), rest, change);
  return Array.isArray(value)
    ? value.map((old, index) => (index === key ? member : old))
    : { ...Object(value), [key]: member };
}

/** What is no JSON, or no UTF-8. */
function brokenText(text: string): fc.Arbitrary<BadBody> {
  const bytes = Buffer.from(text);
  const at = fc.nat(bytes.length - 1);
  const inserted = (place: number, octets: readonly number[]) =>
    Buffer.concat([bytes.subarray(0, place), Buffer.from(octets), bytes.subarray(place)]);
  const bodies = fc.oneof(
    at.map((length) => bytes.subarray(0, length)),
    fc
      .constantFrom("x", "{}", "]", "}", ",", "\0", "//", "/**/", "\u00a0", "null", '"')
      .map((rest) => Buffer.from(text + rest)),
    fc
      .constantFrom(
        "",
        " ",
        "NaN",
        "undefined",
        "{a:1}",
        "{'a':1}",
        "[1,]",
        '{"a":1,}',
        "01",
        "+1",
        ".5",
        "1.",
        "0x1",
        "1e",
        '"\\x"',
        '"\t"',
        '"\\u12"',
        "[",
        "{",
        "nul",
        "Infinity",
        "<a/>",
        "a=1",
        "\u2028",
        '{"a"}',
        "[,]",
      )
      .map((body) => Buffer.from(body)),
    fc
      .tuple(
        at,
        fc.constantFrom(
          [0xff],
          [0xfe],
          [0xc0, 0x80],
          [0xed, 0xa0, 0x80],
          [0xf0, 0x9f],
          [0x80],
          [0xf4, 0x90, 0x80, 0x80],
          [0xe2, 0x28, 0xa1],
          [0xc0, 0xaf],
        ),
      )
      .map(([place, octets]) => inserted(place, octets)),
    fc.constantFrom(
      Buffer.from(text, "utf16le"),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
    ),
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((octets) => Buffer.concat([Buffer.from([0xff]), octets])),
  );
  return bodies.map((body) => ({ body, refusedWith: refused }));
}

/** JSON with text that PostgreSQL cannot hold, in a name or in a value. */
function unstorableText(example: unknown): fc.Arbitrary<BadBody> {
  const texts = fc.constantFrom("\\u0000", "a\\u0000b", "\\ud800", "\\udc00", "\\udc00\\ud800", "a\\udfffb", "\\ud83d");
  return fc.tuple(texts, fc.boolean()).map(([text, isName]) => {
    const json = JSON.stringify(withMember(example, isName ? "@@" : "name", isName ? 1 : "@@"));
    return { body: Buffer.from(json.replace("@@", text)), refusedWith: refused };
  });
}

function deep(example: unknown): fc.Arbitrary<BadBody> {
  return fc
    .tuple(fc.oneof(fc.integer({ min: 33, max: 200 }), fc.integer({ min: 1000, max: 20_000 })), fc.boolean())
    .map(([depth, isObject]) => {
      const nested = isObject ? `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}` : "[".repeat(depth) + "]".repeat(depth);
      const text = JSON.stringify(withMember(example, "nested", "@@")).replace('"@@"', nested);
      return { body: Buffer.from(text), refusedWith: refused };
    });
}

/** The same name twice: who looks at the first, and who takes the last, see two different requests (RFC 8259 §4). */
function withKeyTwice(example: unknown): fc.Arbitrary<BadBody> {
  const object: Record<string, unknown> = { ...Object(Array.isArray(example) ? example[0] : example) };
  const names = Object.keys(object);
  return fc
    .tuple(fc.constantFrom(...(names.length > 0 ? names : ["a"])), fc.boolean(), fc.boolean())
    .map(([name, isEscaped, isFirst]) => {
      const escaped = isEscaped ? `\\u${name.charCodeAt(0).toString(16).padStart(4, "0")}${name.slice(1)}` : name;
      const again = `"${escaped}":${JSON.stringify(object[name] ?? 1)}`;
      const rest = JSON.stringify(object).slice(1, -1) || again;
      const text = isFirst ? `{${again},${rest}}` : `{${rest} , ${again}}`;
      return { body: Buffer.from(Array.isArray(example) ? `[${text}]` : text), refusedWith: refused };
    });
}

function long(target: Target, example: unknown): fc.Arbitrary<BadBody> {
  return fc.constantFrom(30_000, 200_000, 1_100_000).map((length) => {
    const value = withMember(example, "name", "x".repeat(length));
    const isTooLarge = length > 1_048_576;
    // Where fields that are unknown are let pass, a long one is.
    const body = isTooLarge || !target.isValidBody(value) ? value : { not: value };
    return { body: Buffer.from(JSON.stringify(body)), refusedWith: isTooLarge ? [413] : refused };
  });
}

/** The form of RFC 7662: without a token, with two, or with one that is no text. */
function badForm(): fc.Arbitrary<BadBody> {
  const pairs = fc.constantFrom(
    "",
    "token",
    "token=a&token=b",
    "token=a&token=a",
    "Token=a",
    "token[]=a",
    "token=%00",
    "token=a%00b",
    "toke%6e=a&token=b",
    "=a",
    "{}",
    '{"token":"a"}',
    "&&",
    "token_type_hint=a",
  );
  const octets = fc
    .constantFrom([0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80])
    .map((bad) => Buffer.concat([Buffer.from("token="), Buffer.from(bad)]));
  return fc
    .oneof(
      pairs.map((text) => Buffer.from(text)),
      octets,
    )
    .map((body) => ({ body, refusedWith: refused }));
}
