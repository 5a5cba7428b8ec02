import fc from "fast-check";
import { badBody } from "./fuzz-bodies";
import type { JudgedCase } from "./fuzz-judge";
import { strangeRequest } from "./fuzz-shapes";
import type { WireRequest } from "./fuzz-wire";
import {
  type CredentialKind,
  encodedExample,
  type Headers,
  hasParameter,
  mediaTypeOf,
  type Target,
  type World,
} from "./fuzz-world";

/** Bad input by kind. Each case is a request that works, with one thing done to it that must be refused. */

export interface FuzzCase extends JudgedCase {
  family: string;
  /** "GET /v1/pipelines", or null where it is no operation that is called. */
  operation: string | null;
  credential: CredentialKind | "none";
  request: WireRequest;
}

/** Every kind of bad input; what is rare here is slow. */
export function badInput(world: World): fc.Arbitrary<FuzzCase> {
  return fc.oneof(
    { weight: 25, arbitrary: withoutCredential(world) },
    { weight: 12, arbitrary: withBadContext(world) },
    { weight: 13, arbitrary: withBadQuery(world) },
    { weight: 10, arbitrary: withOddCursor(world) },
    { weight: 20, arbitrary: withBadBody(world) },
    { weight: 4, arbitrary: withBadMediaType(world) },
    { weight: 3, arbitrary: withUnknownMethod(world) },
    { weight: 2, arbitrary: acrossSites(world) },
    { weight: 11, arbitrary: strangeRequest(world) },
  );
}

interface Draft {
  family: string;
  target: Target;
  credential: CredentialKind | "none";
  refusedWith: readonly number[] | null;
  method?: string;
  query?: string;
  id?: number;
  headers: Headers;
  body?: Buffer | undefined;
  /** Where a chunked body is cut; not chunked without. */
  cuts?: readonly number[] | null;
  names?: string | undefined;
  parserMayRefuse?: boolean;
}

/** The request of a draft. A body goes with whatever operation takes one. */
function caseOf({ target, id = 0, query = "", cuts = null, ...draft }: Draft): FuzzCase {
  const method = draft.method ?? target.method;
  const path = target.path.replace("{id}", target.ids[id % target.ids.length] ?? "");
  const body = draft.body;
  const framing: Headers =
    body === undefined ? [] : cuts ? [["transfer-encoding", "chunked"]] : [["content-length", String(body.length)]];
  const headers = [...draft.headers, ...framing];
  const head = [
    `${method} ${path}${query} HTTP/1.1`,
    "host: fuzz",
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const sent = body === undefined ? Buffer.alloc(0) : cuts ? chunked(body, cuts) : body;
  return {
    ...{ family: draft.family, operation: target.key, credential: draft.credential, method, headers, isApi: true },
    ...{ refusedWith: draft.refusedWith, names: draft.names, parserMayRefuse: draft.parserMayRefuse ?? false },
    request: {
      bytes: Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), sent]),
      isHead: method === "HEAD",
      alone: false,
    },
  };
}

function chunked(body: Buffer, cuts: readonly number[]): Buffer {
  const places = [...new Set(cuts.map((cut) => cut % (body.length + 1)))].sort((one, other) => one - other);
  const pieces = [0, ...places]
    .map((start, index) => body.subarray(start, places[index]))
    .filter(({ length }) => length > 0);
  const framed = pieces.flatMap((piece) => [
    Buffer.from(`${piece.length.toString(16)}\r\n`),
    piece,
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...framed, Buffer.from("0\r\n\r\n")]);
}

const cuts = fc.option(fc.array(fc.nat(), { maxLength: 6 }), { freq: 2 });
const id = fc.nat(2);

/** The octets of a text in UTF-8, as the text of a header. */
function octets(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** The example body with its type, for an operation that takes one. */
function exampleBody(target: Target): { headers: Headers; body?: Buffer } {
  if (!target.operation.body) return { headers: [] };
  return { headers: [["content-type", mediaTypeOf(target)]], body: Buffer.from(encodedExample(target)) };
}

/** A target and one of the callers that it lets in. */
function admitted(world: World, isWanted: (target: Target) => boolean) {
  const pairs = world.targets
    .filter(isWanted)
    .flatMap((target) => target.admitted.map((credential) => ({ target, credential })));
  return fc.constantFrom(...pairs);
}

/** Text that a header can hold: printable, and octets beyond ASCII. */
const headerText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0x21, max: 0x7e }) },
      fc.integer({ min: 0x80, max: 0xff }),
      fc.constant(0x20),
      fc.constant(9),
    ),
    { maxLength: 80 },
  )
  .map((codes) => String.fromCharCode(...codes));

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Not a secret that the test gave out, but almost. */
function nearSecret(world: World): fc.Arbitrary<string> {
  const good = fc.constantFrom(world.apiSecret, world.personalSecret, world.weakSecret);
  const flipped = fc.tuple(good, fc.nat(37), fc.nat(60)).map(([secret, at, by]) => {
    const index = 4 + at;
    const digit = base62.charAt((base62.indexOf(secret.charAt(index)) + 1 + by) % 62);
    return secret.slice(0, index) + digit + secret.slice(index + 1);
  });
  const cut = fc.tuple(good, fc.nat(41)).map(([secret, length]) => secret.slice(0, length));
  const swapped = good.map((secret) => (secret.startsWith("pxt_") ? "pxp_" : "pxt_") + secret.slice(4));
  const dressed = fc
    .tuple(
      good,
      fc.constantFrom(
        "\u00a0",
        "\u200b",
        "\ufeff",
        "\u202e",
        "\u0301",
        "ａ",
        "%00",
        "%20",
        '"',
        "'",
        ".",
        "=",
        ";",
        "\\",
        "\u2028",
      ),
      fc.nat(42),
    )
    .map(([secret, extra, at]) => octets(secret.slice(0, at) + extra + secret.slice(at)));
  const cased = good.map((secret) => secret.toUpperCase());
  const encoded = good.map((secret) => Buffer.from(secret).toString("base64"));
  const quoted = good.map((secret) => `"${secret}"`);
  const composed = fc
    .string({ minLength: 38, maxLength: 38, unit: fc.constantFrom(...base62) })
    .map((text) => `pxt_${text}`);
  return fc.oneof(
    flipped,
    cut,
    swapped,
    dressed,
    cased,
    encoded,
    quoted,
    composed,
    fc.constantFrom(...world.deadSecrets),
  );
}

/** Authorization headers, none of which authenticates. */
function badAuthorization(world: World): fc.Arbitrary<Headers> {
  const good = fc.constantFrom(world.apiSecret, world.personalSecret);
  const bearer = (value: string): Headers => [["authorization", `Bearer ${value}`]];
  const otherScheme = fc
    .tuple(
      fc.constantFrom(
        "Basic",
        "Token",
        "Digest",
        "Bearer:",
        "Bearer=",
        "Bear",
        "BearerX",
        "X-Bearer",
        "Negotiate",
        "OAuth",
        "JWT",
        "",
      ),
      good,
    )
    .map(([scheme, secret]): Headers => [["authorization", `${scheme} ${secret}`]]);
  const misspaced = fc
    .tuple(
      good,
      fc.constantFrom(
        (s: string) => `Bearer\t${s}`,
        (s: string) => `Bearer${s}`,
        (s: string) => `Bearer ${s} ${s}`,
        (s: string) => `Bearer ${s},${s}`,
        (s: string) => `Bearer ${s}, Bearer ${s}`,
        (s: string) => `Bearer token=${s}`,
        (s: string) => `Bearer Bearer ${s}`,
        (s: string) => `Basic x, Bearer ${s}`,
        (s: string) => `Bearer\u00a0${s}`,
        (s: string) => `Bearer \t${s}`,
      ),
    )
    .map(([secret, form]): Headers => [["authorization", form(secret)]]);
  const twice = fc
    .tuple(
      good,
      fc.oneof(good, nearSecret(world), fc.constant("")),
      fc.boolean(),
      fc.constantFrom("authorization", "Authorization", "AUTHORIZATION"),
    )
    .map(([first, second, isSwapped, name]): Headers => {
      const pair: Headers = [
        ["authorization", `Bearer ${first}`],
        [name, `Bearer ${second}`],
      ];
      return isSwapped ? [...pair].reverse() : pair;
    });
  const elsewhere = fc
    .tuple(
      good,
      fc.constantFrom(
        "proxy-authorization",
        "x-api-key",
        "x-authorization",
        "x-access-token",
        "authorization_",
        "authorization2",
        "x-forwarded-authorization",
        "www-authenticate",
        "x-original-authorization",
      ),
    )
    .map(([secret, name]): Headers => [[name, `Bearer ${secret}`]]);
  const inCookie = fc
    .tuple(
      fc.oneof(good, headerText),
      fc.constantFrom(
        "token",
        "access_token",
        "authorization",
        "next-auth.session-token",
        "__Secure-next-auth.session-token",
        "__Host-next-auth.session-token",
      ),
    )
    .map(([value, name]): Headers => [["cookie", `${name}=${value.replaceAll(";", "")}`]]);
  const brokenCookie = fc.tuple(fc.nat(), fc.nat(61)).map(([at, digit]): Headers => {
    const start = world.cookie.indexOf("=") + 1;
    // The last character of base64url holds bits that do not count.
    const index = start + (at % (world.cookie.length - start - 1));
    const replaced = world.cookie.charAt(index) === base62.charAt(digit) ? "-" : base62.charAt(digit);
    return [["cookie", world.cookie.slice(0, index) + replaced + world.cookie.slice(index + 1)]];
  });
  const cookieOutranked = fc.oneof(headerText, nearSecret(world)).map(
    (text): Headers => [
      ["cookie", world.cookie],
      ["authorization", text],
    ],
  );
  return fc.oneof(
    { weight: 3, arbitrary: headerText.map((text): Headers => [["authorization", text]]) },
    { weight: 2, arbitrary: headerText.map(bearer) },
    { weight: 8, arbitrary: nearSecret(world).map(bearer) },
    { weight: 2, arbitrary: otherScheme },
    { weight: 2, arbitrary: misspaced },
    { weight: 2, arbitrary: twice },
    { weight: 2, arbitrary: elsewhere },
    { weight: 1, arbitrary: inCookie },
    { weight: 2, arbitrary: brokenCookie },
    { weight: 2, arbitrary: cookieOutranked },
    { weight: 1, arbitrary: fc.constant<Headers>([]) },
  );
}

function withoutCredential(world: World): fc.Arbitrary<FuzzCase> {
  const queries = fc.oneof(
    { weight: 6, arbitrary: fc.constant("") },
    fc.constantFrom("access_token", "token", "authorization", "bearer").map((name) => `?${name}=${world.apiSecret}`),
  );
  const context = fc.constantFrom<Headers>(
    [],
    [
      ["x-ne-org-id", world.place.organizationId],
      ["x-ne-tenant-id", world.place.tenantId],
    ],
  );
  return fc
    .tuple(fc.constantFrom(...world.targets), badAuthorization(world), queries, context, id, cuts, fc.nat(9))
    .map(([target, authorization, query, named, chosen, parts, dice]) => {
      const example = exampleBody(target);
      const method = target.method === "GET" && dice === 0 ? "HEAD" : target.method;
      const headers = [...authorization, ...named, ...example.headers];
      return caseOf({
        ...{
          family: "authorization",
          target,
          method,
          query,
          id: chosen,
          cuts: parts,
          credential: "none",
          parserMayRefuse: true,
        },
        ...{ headers, body: example.body, refusedWith: [401] },
      });
    });
}

function withBadContext(world: World): fc.Arbitrary<FuzzCase> {
  const own = fc.constantFrom(world.place.organizationId, world.place.tenantId);
  const malformed = fc.oneof(
    headerText.filter((text) => text.trim().length !== 36),
    fc
      .tuple(own, fc.nat(35), fc.constantFrom("g", "-", " ", "\u00e9", "%", "_"))
      .map(([uuid, at, letter]) => uuid.slice(0, at) + letter + uuid.slice(at + 1))
      .filter((text) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)),
    own.map((uuid) => uuid.replaceAll("-", "")),
    own.map((uuid) => `{${uuid}}`),
    own.map((uuid) => `urn:uuid:${uuid}`),
    own.map((uuid) => `${uuid}, ${uuid}`),
    own.map((uuid) => `${uuid}'--`),
    fc.tuple(own, fc.nat(35)).map(([uuid, length]) => uuid.slice(0, length)),
  );
  const names = fc.constantFrom("x-ne-org-id", "x-ne-tenant-id");
  const place = admitted(world, ({ operation }) => operation.inTenant || operation.inOrganization);
  const unreadable = fc
    .tuple(place, names, malformed, id, fc.boolean())
    .map(([{ target, credential }, name, value, chosen, isTwice]) => {
      const example = exampleBody(target);
      const others = world
        .headersFor(credential, target, example.body ?? Buffer.alloc(0))
        .filter(([other]) => other !== name);
      const own = name === "x-ne-org-id" ? world.place.organizationId : world.place.tenantId;
      const headers: Headers = [
        ...others,
        [name, value],
        ...(isTwice ? ([[name, own]] as const) : []),
        ...example.headers,
      ];
      return caseOf({
        ...{
          family: "context",
          target,
          credential,
          id: chosen,
          headers,
          body: example.body,
          refusedWith: [400],
          names: name,
        },
      });
    });
  const inTenant = admitted(world, ({ operation }) => operation.inTenant && operation.scope !== null);
  const others = fc.oneof(fc.uuid(), fc.constantFrom(world.foreign.tenantId, world.foreign.organizationId));
  const elsewhere = fc
    .tuple(inTenant, others, fc.constantFrom("x-ne-org-id", "x-ne-tenant-id"))
    .map(([{ target, credential }, value, name]) => {
      const example = exampleBody(target);
      const named = world
        .headersFor(credential, target, example.body ?? Buffer.alloc(0))
        .filter(([other]) => other !== name);
      return caseOf({
        ...{ family: "context", target, credential, body: example.body, refusedWith: [403, 404] },
        headers: [...named, [name, value], ...example.headers],
      });
    });
  return fc.oneof({ weight: 2, arbitrary: unreadable }, elsewhere);
}

function withBadQuery(world: World): fc.Arbitrary<FuzzCase> {
  const encoded = (text: string) => encodeURIComponent(text.toWellFormed());
  const wild = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.string({ maxLength: 200 }),
    fc.constantFrom(
      "\u202e",
      "\0",
      "null",
      "true",
      "[]",
      "{}",
      "-1",
      "1e309",
      "' or 1=1--",
      "%{(#x=1)}",
      "../../etc/passwd",
    ),
  );
  const unknown = fc
    .tuple(
      fc.oneof(
        fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).map((text) => `_${text}`),
        fc.constantFrom(
          "__proto__",
          "constructor",
          "toString",
          "hasOwnProperty",
          "limit[]",
          "limit[0]",
          "cursor[$ne]",
          "Limit",
          "id",
          "tenantId",
          "_method",
          "nxtPid",
          "select",
          "include",
          "where",
        ),
      ),
      wild,
    )
    .map(([name, value]) => ({ query: `?${encoded(name)}=${encoded(value)}`, isFor: () => true }));
  const limits = fc
    .constantFrom(
      "0",
      "-1",
      "201",
      "1e9",
      "NaN",
      "",
      "1.5",
      "9".repeat(400),
      "٣",
      "１",
      "one",
      "1,2",
      "Infinity",
      "%00",
      "1%00",
      "null",
      "--1",
      "1_0",
      "0b1g",
    )
    .map((value) => ({
      query: `?limit=${value.replaceAll(/[^!-~]/g, encodeURIComponent)}`,
      isFor: (target: Target) => hasParameter(target, "limit"),
    }));
  const twice = fc.constantFrom("limit", "cursor", "q", "sort", "scope", "name").map((name) => ({
    query: `?${name}=5&${name}=5`,
    isFor: (target: Target) => hasParameter(target, name),
  }));
  const disguised = fc
    .constantFrom("limit=5&%6cimit=5", "limit=5&lim%69t=", "limit=5;limit=6", "limit=5&amp;limit=6")
    .map((query) => ({
      query: `?${query}`,
      isFor: (target: Target) => hasParameter(target, "limit"),
    }));
  const nul = fc
    .constantFrom(
      "q",
      "actor",
      "target",
      "scope",
      "status",
      "cursor",
      "from",
      "to",
      "name",
      "address",
      "createdBy",
      "sort",
      "order",
      "state",
      "action",
      "days",
      "gateway",
    )
    .map((name) => ({
      query: `?${name}=a%00b`,
      isFor: (target: Target) => hasParameter(target, name),
    }));
  const hidden = fc
    .constantFrom(
      "?=",
      "?=1",
      "?%00",
      "?%00=1",
      "?%=1",
      "?%ff=1",
      "?a=%zz",
      "?&&x",
      "?x&x",
      `?${"a&".repeat(500)}`,
      `?${"x".repeat(3000)}=1`,
      "?a#b",
      "??limit=1",
      "?%20limit=1",
    )
    .map((query) => ({
      query,
      isFor: () => true,
    }));
  const refused = fc
    .tuple(
      admitted(world, () => true),
      fc.oneof({ weight: 3, arbitrary: unknown }, limits, twice, disguised, nul, hidden),
      id,
    )
    .map(([{ target, credential }, { query, isFor }, chosen]) => {
      const example = exampleBody(target);
      const headers = [...world.headersFor(credential, target, example.body ?? Buffer.alloc(0)), ...example.headers];
      const isBad = isFor(target) ? query : "?limit=5&nonsense=1";
      return caseOf({
        family: "query",
        target,
        credential,
        id: chosen,
        query: isBad,
        headers,
        body: example.body,
        refusedWith: [400],
      });
    });
  const values = fc.oneof(
    wild,
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.constantFrom(
      "0000-01-01T00:00:00Z",
      "9999-12-31T23:59:59Z",
      "2026-02-30T00:00:00Z",
      "2026-01-01T00:00:60Z",
      "0001-01-01T00:00:00+23:59",
      "9999-12-31T23:59:59-23:59",
    ),
    fc.ipV6(),
    fc.uuid(),
    fc.integer().map(String),
  );
  const odd = fc
    .tuple(
      admitted(world, ({ operation, method }) => method === "GET" && operation.query !== null),
      fc.array(fc.tuple(fc.nat(), values), { minLength: 1, maxLength: 4 }),
    )
    .map(([{ target, credential }, chosen]) => {
      const names = Object.keys(Object(Object(target.operation.query).shape));
      const query = new Map(chosen.map(([index, value]) => [names[index % names.length] ?? "", encoded(value)]));
      const text = [...query].map(([name, value]) => `${name}=${value}`).join("&");
      return caseOf({
        family: "query",
        target,
        credential,
        query: `?${text}`,
        headers: world.headersFor(credential, target, Buffer.alloc(0)),
        refusedWith: null,
      });
    });
  return fc.oneof({ weight: 2, arbitrary: refused }, odd);
}

function withOddCursor(world: World): fc.Arbitrary<FuzzCase> {
  const lists = admitted(world, (target) => target.method === "GET" && hasParameter(target, "cursor"));
  const some = world.targets.flatMap(({ cursor }) => cursor ?? []);
  const garbage = fc
    .oneof(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
      fc.base64String({ minLength: 4, maxLength: 1024 }),
      fc.constant("A".repeat(1025)),
    )
    .map((text) => ({ text: () => text.replaceAll("{}", "") || "x", isRefused: true }));
  const bent = fc
    .tuple(
      fc.constantFrom("sort", "order", "value", "id", "backward", "extra"),
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.jsonValue(),
        fc.uuid(),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        fc.constantFrom<unknown>(
          "\0",
          "a\0b",
          "\ud800",
          "+275760-09-13T00:00:00.000Z",
          "-271821-04-20T00:00:00.000Z",
          "0000-01-01T00:00:00.000Z",
          "294277-01-01T00:00:00Z",
          null,
          true,
          1e308,
          "infinity",
          "now",
          "allballs",
          "9".repeat(500),
        ),
      ),
    )
    .map(([name, value]) => ({
      text: (cursor: string) => {
        const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
        return Buffer.from(JSON.stringify({ ...Object(read), [name]: value })).toString("base64url");
      },
      isRefused: false,
    }));
  const flipped = fc.tuple(fc.nat(), fc.constantFrom(...base62, "-", "_", "!", "=")).map(([at, letter]) => ({
    text: (cursor: string) => cursor.slice(0, at % cursor.length) + letter + cursor.slice((at % cursor.length) + 1),
    isRefused: false,
  }));
  const foreign = fc.constantFrom(...some).map((text) => ({ text: () => text, isRefused: false }));
  return fc
    .tuple(lists, fc.oneof(garbage, { weight: 3, arbitrary: bent }, flipped, foreign), fc.integer({ min: 1, max: 200 }))
    .map(([{ target, credential }, { text, isRefused }, limit]) => {
      const cursor = text(target.cursor ?? some[0] ?? "");
      return caseOf({
        ...{ family: "cursor", target, credential, headers: world.headersFor(credential, target, Buffer.alloc(0)) },
        ...{
          query: `?limit=${limit}&cursor=${encodeURIComponent(cursor.toWellFormed())}`,
          refusedWith: isRefused ? [400, 404] : null,
        },
        names: isRefused ? "cursor" : undefined,
      });
    });
}

function withBadBody(world: World): fc.Arbitrary<FuzzCase> {
  return admitted(world, ({ operation }) => operation.body !== null)
    .chain(({ target, credential }) =>
      fc.tuple(fc.constant({ target, credential }), badBody(target, world.refusedText), id, cuts),
    )
    .map(([{ target, credential }, { body, refusedWith }, chosen, parts]) =>
      caseOf({
        ...{ family: "body", target, credential, id: chosen, cuts: parts, body, refusedWith },
        headers: [...world.headersFor(credential, target, body), ["content-type", mediaTypeOf(target)]],
      }),
    );
}

function withBadMediaType(world: World): fc.Arbitrary<FuzzCase> {
  const types = fc.oneof(
    fc.constantFrom<Headers>(
      [],
      [["content-type", ""]],
      ...[
        "text/plain",
        "text/json",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/json, text/plain",
        "application/json+x",
        "application/problem+json",
        "application",
        "*/*",
        "application/*",
        "json",
        "application /json",
      ].map((type): Headers => [["content-type", type]]),
      ...["utf-16", "UTF-16LE", "iso-8859-1", "utf-7", "windows-1252", '"utf-16"', "utf-32"].map(
        (charset): Headers => [["content-type", `application/json; charset=${charset}`]],
      ),
      ...["gzip", "br", "deflate", "compress", "zstd", "gzip, identity", "x", "identity, gzip", "aws-chunked"].map(
        (coding): Headers => [
          ["content-type", "application/json"],
          ["content-encoding", coding],
        ],
      ),
    ),
    headerText.filter((text) => !/json|form/i.test(text)).map((text): Headers => [["content-type", text]]),
  );
  return fc
    .tuple(
      admitted(world, ({ operation }) => operation.body !== null && operation.bodyType === "json"),
      types,
      cuts,
    )
    .map(([{ target, credential }, type, parts]) => {
      const { body = Buffer.alloc(0) } = exampleBody(target);
      return caseOf({
        ...{ family: "media type", target, credential, body, cuts: parts, refusedWith: [415] },
        headers: [...world.headersFor(credential, target, body), ...type],
      });
    });
}

function withUnknownMethod(world: World): fc.Arbitrary<FuzzCase> {
  const all = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
  const missing = world.targets.flatMap((target) => {
    const there = world.targets.filter(({ path }) => path === target.path).map(({ method }) => String(method));
    const isThere = (method: string) => there.includes(method === "HEAD" ? "GET" : method);
    return all.filter((method) => !isThere(method)).map((method) => ({ target, method }));
  });
  return fc
    .tuple(fc.constantFrom(...missing), fc.boolean(), fc.boolean(), cuts)
    .map(([{ target, method }, isKnown, hasBody, parts]) => {
      const headers: Headers = isKnown ? [["authorization", `Bearer ${world.apiSecret}`]] : [];
      const body = hasBody ? Buffer.from("{}") : undefined;
      const credential = isKnown ? "apiToken" : "none";
      return caseOf({ family: "method", target, method, credential, headers, body, cuts: parts, refusedWith: [405] });
    });
}

/** Writes with a cookie that another site's page sends. */
function acrossSites(world: World): fc.Arbitrary<FuzzCase> {
  const from = fc.constantFrom<Headers>(
    [["sec-fetch-site", "cross-site"]],
    [["sec-fetch-site", "same-site"]],
    [["sec-fetch-site", "nonsense"]],
    ...[
      "null",
      "https://evil.example",
      "http://fuzz.evil.example",
      "http://fuzz:81",
      "http://fuzz@evil.example",
      "//fuzz",
      "fuzz",
      "http://fuzz, http://evil.example",
    ].map((origin): Headers => [["origin", origin]]),
  );
  const isWrite = ({ method, admitted }: Target) => method !== "GET" && admitted.includes("session");
  return fc.tuple(fc.constantFrom(...world.targets.filter(isWrite)), from, id).map(([target, site, chosen]) => {
    const { headers, body } = exampleBody(target);
    const known = world.headersFor("session", target, body ?? Buffer.alloc(0));
    return caseOf({
      family: "cross-site",
      target,
      credential: "session",
      id: chosen,
      headers: [...known, ...site, ...headers],
      body,
      refusedWith: [403],
    });
  });
}
