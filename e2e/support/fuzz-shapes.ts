import fc from "fast-check";
import type { FuzzCase } from "./fuzz-cases";
import type { World } from "./fuzz-world";

/** Requests that are strange as HTTP: in dispute between parsers, at odd paths, or not of the API at all. */
export function strangeRequest(world: World): fc.Arbitrary<FuzzCase> {
  return fc.oneof(
    { weight: 6, arbitrary: disputed(world) },
    { weight: 3, arbitrary: peculiar(world) },
    { weight: 8, arbitrary: oddPath(world) },
    { weight: 3, arbitrary: oddPage(world) },
  );
}

interface Raw {
  family: string;
  lines: readonly string[];
  body?: string;
  refusedWith: readonly number[] | null;
  isApi?: boolean;
  parserMayRefuse?: boolean;
  alone?: boolean;
}

/** A request from its lines, as they are. */
function raw({
  family,
  lines,
  body = "",
  refusedWith,
  isApi = true,
  parserMayRefuse = true,
  alone = true,
}: Raw): FuzzCase {
  const [requestLine = "", ...headers] = lines;
  const method = requestLine.split(" ", 1)[0] ?? "";
  return {
    ...{ family, operation: null, credential: "none", method, refusedWith, isApi, parserMayRefuse, names: undefined },
    headers: headers.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)] as const),
    request: {
      bytes: Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`, "latin1"),
      isHead: method === "HEAD",
      alone,
    },
  };
}

const post = "POST /v1/pipelines HTTP/1.1";
const host = "Host: fuzz";
const chunkedBody = "2\r\n{}\r\n0\r\n\r\n";

/**
 * What two parsers could take for two different requests (RFC 9112 §11.2). The credential is good, and what would be
 * smuggled is a request that works: it must be refused, and answered once.
 */
function disputed(world: World): fc.Arbitrary<FuzzCase> {
  const good = `Authorization: Bearer ${world.apiSecret}`;
  const smuggled = `POST /v1/pipelines HTTP/1.1\r\nHost: fuzz\r\n${good}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
  const both = fc
    .tuple(
      fc.constantFrom(
        "chunked",
        "Chunked",
        "CHUNKED",
        " chunked",
        "\tchunked",
        "chunked ",
        "identity, chunked",
        "chunked, chunked",
      ),
      fc.constantFrom("0", "2", "5", "999"),
      fc.boolean(),
    )
    .map(([coding, length, isSwapped]) => {
      const pair = [`Transfer-Encoding: ${coding}`, `Content-Length: ${length}`];
      return { headers: isSwapped ? pair.reverse() : pair, body: chunkedBody };
    });
  const badCoding = fc
    .constantFrom(
      "xchunked",
      "chunked, identity",
      "identity",
      "chunkedx",
      "chunk",
      '"chunked"',
      "chunked;q=1",
      "chunked\u00a0",
      "\u000bchunked",
      "chunked\0",
      "gzip",
      ",",
      "chunked identity",
    )
    .map((coding) => ({ headers: [`Transfer-Encoding: ${coding}`], body: chunkedBody }));
  const twoCodings = fc
    .constantFrom(["chunked", "identity"], ["chunked", "x"], ["x", "chunked, x"])
    .map((codings) => ({ headers: codings.map((coding) => `Transfer-Encoding: ${coding}`), body: chunkedBody }));
  const lengths = fc
    .constantFrom(
      "2, 2",
      "2,3",
      "+2",
      "-1",
      "0x2",
      "2 2",
      "2e0",
      "2.0",
      "",
      "２",
      "02x",
      "9".repeat(30),
      "1_0",
      '"2"',
      "2;",
      "\u00a02",
    )
    .map((length) => ({ headers: [`Content-Length: ${length}`], body: "{}" }));
  const twoLengths = fc
    .constantFrom(["2", "3"], ["2", "2"], ["0", "2"], ["2", "0"])
    .map((values) => ({ headers: values.map((value) => `Content-Length: ${value}`), body: "{}" }));
  const names = fc
    .constantFrom(
      "Content-Length : 2",
      "Content-Length\t: 2",
      " Content-Length: 2",
      "\tTransfer-Encoding: chunked",
      "Content Length: 2",
      "Transfer-Encoding : chunked",
      "Content-Length\0: 2",
      "Content-Length\u00a0: 2",
      ": 2",
      "nothing",
      "Content\r-Length: 2",
      "X: a\rTransfer-Encoding: chunked",
      "X: a\0b",
      "X\u00e9: 1",
      "(x): 1",
      "X: \u007f\u0001",
    )
    .map((line) => ({ headers: [line, "Content-Length: 2"], body: "{}" }));
  const sizes = fc
    .constantFrom(
      "-1",
      "+2",
      "0x2",
      "2 ",
      " 2",
      "g",
      "",
      "2;\u0000",
      "f".repeat(17),
      "2\r",
      "\u00a02",
      "２",
      "2_",
      "2.0",
    )
    .map((size) => ({ headers: ["Transfer-Encoding: chunked"], body: `${size}\r\n{}\r\n0\r\n\r\n` }));
  const chunks = fc
    .constantFrom(
      "2\r\n{}x\r\n0\r\n\r\n",
      "2\r\n{}0\r\n\r\n",
      "2\n{}\n0\n\n",
      "2\r\n{}\r\n",
      "5\r\n{}\r\n0\r\n\r\n",
      "1\r\n{}\r\n0\r\n\r\n",
      "0\r\nX y\r\n\r\n",
      "2\r\n{}\r\n0\r\n",
      "\r\n2\r\n{}\r\n0\r\n\r\n",
      "2;a=b\n{}\r\n0\r\n\r\n",
    )
    .map((body) => ({ headers: ["Transfer-Encoding: chunked"], body }));
  return fc
    .tuple(fc.oneof(both, badCoding, twoCodings, lengths, twoLengths, names, sizes, chunks), fc.boolean(), fc.nat(3))
    .map(([{ headers, body }, isSmuggling, padding]) => {
      const others = [
        good,
        "Content-Type: application/json",
        ...Array.from({ length: padding }, (_, index) => `X-${index}: y`),
      ];
      // The example of no body works here: whatever gets through is answered 400 for its fields, and named so by its type.
      return raw({
        family: "disputed",
        lines: [post, host, ...others, ...headers],
        body: isSmuggling ? body + smuggled : body,
        refusedWith: [400],
      });
    });
}

/** Strange, yet each with one meaning; nobody is let in by it. */
function peculiar(world: World): fc.Arbitrary<FuzzCase> {
  const secret = world.apiSecret;
  const heads = fc.constantFrom(
    ["GET /v1/pipelines HTTP/1.1"],
    ["GET /v1/pipelines HTTP/1.1", host, host],
    ["GET /v1/pipelines HTTP/1.1", host, "Host: other"],
    ["GET /v1/pipelines HTTP/1.1", "Host: a b"],
    ["GET /v1/pipelines HTTP/1.1", "Host: "],
    ["GET /v1/pipelines HTTP/1.0"],
    ["GET /v1/pipelines HTTP/0.9"],
    ["GET /v1/pipelines HTTP/2.0", host],
    ["GET /v1/pipelines HTTP/1.2", host],
    ["GET /v1/pipelines HTTP/1.1.1", host],
    ["GET /v1/pipelines http/1.1", host],
    ["GET /v1/pipelines"],
    ["GET  /v1/pipelines  HTTP/1.1", host],
    ["GET\t/v1/pipelines\tHTTP/1.1", host],
    [" GET /v1/pipelines HTTP/1.1", host],
    ["get /v1/pipelines HTTP/1.1", host],
    ["GET /v1/pipe lines HTTP/1.1", host],
    ["GET /v1/pipelines\0 HTTP/1.1", host],
    ["GET /v1/pipelines\u00e9 HTTP/1.1", host],
    ["GET v1/pipelines HTTP/1.1", host],
    ["GET * HTTP/1.1", host],
    ["OPTIONS * HTTP/1.1", host],
    ["OPTIONS /v1/pipelines HTTP/1.1", host],
    ["CONNECT fuzz:443 HTTP/1.1", host],
    ["CONNECT /v1/pipelines HTTP/1.1", host],
    ["TRACE /v1/pipelines HTTP/1.1", host],
    ["PRI * HTTP/2.0"],
    ["PROPFIND /v1/pipelines HTTP/1.1", host],
    ["QUERY /v1/pipelines HTTP/1.1", host],
    ["LINK /v1/pipelines HTTP/1.1", host],
    ["M-SEARCH * HTTP/1.1", host],
    ["XYZZY /v1/pipelines HTTP/1.1", host],
    ["GET http://fuzz/v1/pipelines HTTP/1.1", host],
    ["GET http://evil.example/v1/pipelines HTTP/1.1", host],
    ["GET https://fuzz/v1/pipelines HTTP/1.1", host],
    ["GET http://user:password@fuzz/v1/pipelines HTTP/1.1", host],
    ["GET //evil.example/v1/pipelines HTTP/1.1", host],
    ["GET file:///etc/passwd HTTP/1.1", host],
    ["GET http:// HTTP/1.1", host],
    ["GET http://[ HTTP/1.1", host],
    [`GET /v1/pipelines?${"a".repeat(20_000)} HTTP/1.1`, host],
    [`GET /${"a/".repeat(3000)} HTTP/1.1`, host],
    ["GET /v1/pipelines HTTP/1.1", host, `X: ${"y".repeat(20_000)}`],
    ["GET /v1/pipelines HTTP/1.1", host, ...Array.from({ length: 1500 }, (_, index) => `X-${index}: y`)],
    ["GET /v1/pipelines HTTP/1.1", host, "Expect: 100-continue"],
    ["GET /v1/pipelines HTTP/1.1", host, "Expect: nonsense"],
    [
      "GET /v1/pipelines HTTP/1.1",
      host,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Version: 13",
    ],
    [
      "GET /v1/pipelines HTTP/1.1",
      host,
      "Upgrade: h2c",
      "Connection: Upgrade, HTTP2-Settings",
      "HTTP2-Settings: AAMAAABkAAQAAP__",
    ],
    ["GET /_next/webpack-hmr HTTP/1.1", host, "Upgrade: websocket", "Connection: Upgrade"],
    ["GET /v1/pipelines HTTP/1.1", host, "Connection: close, authorization"],
    ["GET /v1/pipelines HTTP/1.1", host, "Range: bytes=0-0,-1,5-3"],
    ["GET /v1/pipelines HTTP/1.1", host, "traceparent: 00-zz-1-1", "x-correlation-id: chosen"],
    ["GET /v1/pipelines HTTP/1.1", host, "X-Forwarded-For: 127.0.0.1, \u00e9, ::ffff:1", 'Forwarded: for=_x;by="'],
    ["GET /v1/pipelines HTTP/1.1", host, "x-praxis-client-address: 127.0.0.1"],
    [
      "GET /v1/pipelines HTTP/1.1",
      host,
      "x-middleware-subrequest: middleware:middleware:middleware:middleware:middleware",
    ],
    ["GET /v1/pipelines HTTP/1.1", host, "Authorization:", ` Bearer ${secret}x`],
    ["GET /v1/pipelines HTTP/1.1", host, "Authorization: Bearer", `\t${secret}x`],
    ["GET /v1/pipelines HTTP/1.1", `Host: fuzz\nAuthorization: Bearer ${secret}x`],
    ["GET /v1/pipelines HTTP/1.1", host, `Authorization : Bearer ${secret}`],
    ["GET /v1/pipelines HTTP/1.1", host, `Authorization\0: Bearer ${secret}`],
    ["GET /v1/pipelines HTTP/1.1", host, `X-Authorization: x\rAuthorization: Bearer ${secret}`],
    ["POST /v1/pipelines HTTP/1.1", host, "Content-Length: 10"],
    ["POST /v1/pipelines HTTP/1.1", host, "Transfer-Encoding: chunked"],
    ["POST /v1/pipelines HTTP/1.1", host, "Content-Length: 9007199254740991"],
    ["POST /v1/pipelines HTTP/1.1", host, "Content-Length: 0", "Trailer: Authorization", "TE: trailers"],
  );
  const trailers = fc.constantFrom(
    `0\r\nAuthorization: Bearer ${secret}\r\n\r\n`,
    `2;x="y"\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n`,
    `2;${"x".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
  );
  const octets = fc
    .uint8Array({ minLength: 1, maxLength: 300 })
    .map((bytes) => [Buffer.from(bytes).toString("latin1")]);
  const clientErrors = null;
  return fc.oneof(
    {
      weight: 6,
      arbitrary: heads.map((lines) => raw({ family: "peculiar", lines: [...lines], refusedWith: clientErrors })),
    },
    trailers.map((body) =>
      raw({ family: "peculiar", lines: [post, host, "Transfer-Encoding: chunked"], body, refusedWith: clientErrors }),
    ),
    octets.map((lines) => raw({ family: "octets", lines, refusedWith: [400] })),
  );
}

/** Paths that are almost one of the API's, or lead out of it and back. */
function oddPath(world: World): fc.Arbitrary<FuzzCase> {
  const segments = fc.array(
    fc.constantFrom(
      "v1",
      "identity",
      "pipelines",
      "tokens",
      "users",
      "webhooks",
      "..",
      ".",
      "",
      "%2e%2e",
      "%2E",
      "..%2f",
      "%2f",
      "%5c",
      "\\",
      "%00",
      "%",
      "%zz",
      "%25%32%65",
      "%252e%252e",
      "%c0%af",
      "%ff",
      "%F0%9F",
      "x;y",
      ";",
      "self",
      "settings",
      "tenant",
      "{id}",
      "[id]",
      "*",
      "_next",
      "api",
      "auth",
      "%70ipelines",
      "PIPELINES",
      "pipelines.rsc",
      "pipelines.json",
      "pipelines.txt",
      "pipelines/",
      "~",
      "@",
      "null",
      world.place.tenantId,
      world.foreign.tenantId,
      ...world.targets.flatMap(({ ids }) => ids.slice(0, 2)),
    ),
    { minLength: 1, maxLength: 7 },
  );
  const roots = fc.constantFrom(
    "/",
    "//",
    "/v1/",
    "/identity/",
    "/v1//",
    "/./v1/",
    "/../v1/",
    "/%76%31/",
    "/%2fv1/",
    "/V1/",
    "/api/auth/",
    "/identity/settings/",
    "/_next/",
    "/_next/data/",
    "/_next/static/",
    "/docs/",
  );
  const suffix = fc.constantFrom("", "", "", "?", "?x=1", "#x", "%23", "%3f", "?_rsc=1", "/", ".rsc", "?x=%ff", "?%");
  const method = fc.constantFrom("GET", "GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
  const credential = fc.constantFrom("", `Authorization: Bearer ${world.weakSecret}`, "Authorization: Bearer x");
  return fc.tuple(method, roots, segments, suffix, credential).map(([verb, root, parts, end, authorization]) => {
    const path = root + parts.join("/") + end;
    const headers = [host, ...(authorization ? [authorization] : [])];
    // Next answers paths that are none of the API's with a page, and the sign-in endpoints are open to all.
    return raw({
      family: "path",
      lines: [`${verb} ${path} HTTP/1.1`, ...headers],
      refusedWith: null,
      isApi: false,
      alone: false,
    });
  });
}

/** What pages and the sign-in endpoints are sent that browsers would not. */
function oddPage(world: World): fc.Arbitrary<FuzzCase> {
  const { tenantId, organizationId } = world.foreign;
  const pages = fc.constantFrom(
    "/",
    "/sign-in",
    "/docs",
    "/docs/reference",
    "/identity/profile",
    `/identity/settings/tenant?tenant=${tenantId}&orgId=${organizationId}`,
    `/identity/settings/organization?orgId=${organizationId}`,
    "/nothing",
    "/openapi.json",
    "/healthz",
    "/readyz",
    "/api/auth/session",
    "/api/auth/csrf",
    "/api/auth/providers",
    "/api/auth/signin",
    "/api/auth/signout",
    "/api/auth/error",
    "/api/auth/callback/credentials",
    "/api/auth/callback/nothing",
    "/api/auth/_log",
    "/api/auth/nothing",
    "/api/auth",
    "/api/auth/callback/oidc?code=x&state=y",
    "/api/auth/signin/credentials",
  );
  const text = fc.oneof(
    fc.constantFrom(
      "1",
      "[",
      "{}",
      "%",
      "%5B%22%22%5D",
      "null",
      '["",{},null,null,true]',
      "x".repeat(4000),
      "$@1",
      "00".repeat(21),
    ),
    fc.base64String({ maxLength: 60 }),
  );
  const header = fc.tuple(
    fc.constantFrom(
      "RSC",
      "Next-Action",
      "Next-Router-State-Tree",
      "Next-Router-Prefetch",
      "Next-Router-Segment-Prefetch",
      "Next-Url",
      "X-Nextjs-Data",
      "X-Nextjs-Postponed",
      "x-matched-path",
      "x-now-route-matches",
      "x-invoke-path",
      "x-invoke-status",
      "x-invoke-error",
      "x-middleware-invoke",
      "x-middleware-prefetch",
      "x-nextjs-html-request-id",
      "Cookie",
      "Accept-Language",
      "Accept",
      "If-None-Match",
      "Origin",
      "X-Forwarded-Host",
      "X-Forwarded-Proto",
      "Referer",
      "Content-Security-Policy",
    ),
    text,
  );
  const cookies = fc.constantFrom(
    "",
    `Cookie: ${world.cookie.slice(0, -3)}`,
    "Cookie: next-auth.session-token=x",
    "Cookie: =;;=; a",
    "Cookie: __proto__=x",
    "Cookie: next-auth.csrf-token=%",
    "Cookie: next-auth.callback-url=javascript:alert(1)",
  );
  const bodies = fc.constantFrom<readonly [type: string, body: string]>(
    ["application/x-www-form-urlencoded", "csrfToken=x&email=a&password=b&json=true"],
    ["application/x-www-form-urlencoded", "%"],
    ["application/json", "{"],
    ["application/json", '{"csrfToken":{"a":1},"email":[]}'],
    [
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="1_$ACTION_REF_1"\r\n\r\n\r\n--x--\r\n',
    ],
    ["multipart/form-data", "--x"],
    ["text/plain;charset=UTF-8", "[]"],
    ["text/plain;charset=UTF-8", '["$F1","$@2","$undefined"]'],
    ["", "\0"],
  );
  return fc
    .tuple(
      pages,
      fc.uniqueArray(header, { maxLength: 4, selector: ([name]) => name }),
      cookies,
      fc.option(bodies, { freq: 3 }),
      fc.constantFrom("GET", "GET", "HEAD", "PUT", "OPTIONS"),
    )
    .map(([page, headers, cookie, body, method]) => {
      const lines = [
        `${body ? "POST" : method} ${page} HTTP/1.1`,
        host,
        ...headers.map(([name, value]) => `${name}: ${value}`),
        ...(cookie ? [cookie] : []),
      ];
      const framing = body
        ? [...(body[0] ? [`Content-Type: ${body[0]}`] : []), `Content-Length: ${body[1].length}`]
        : [];
      return raw({
        family: "page",
        lines: [...lines, ...framing],
        body: body?.[1] ?? "",
        refusedWith: null,
        isApi: false,
        alone: false,
      });
    });
}
