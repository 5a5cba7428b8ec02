import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLog } from "@/lib/log";

const apiToken = `pxt_${"aB3dE5".repeat(6)}9z`;
const personalToken = `pxp_${"Zz9Yy8".repeat(6)}1a`;
const session = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..kq3bX9d0aaaa.ciphertextciphertext.tagtagtag";
const password = "correct-horse-battery";
const secrets = [apiToken, personalToken, session, password, "c29tZXVzZXI6aHVudGVyMg==", "s3ss10nvalue", "c5rf"];

describe("no secret is in the log", () => {
  const headers = {
    authorization: `Bearer ${apiToken}`,
    cookie: `next-auth.session-token=${session}; other=s3ss10nvalue`,
    "set-cookie": [`__Host-next-auth.csrf-token=c5rf; Path=/`],
    "proxy-authorization": "Basic c29tZXVzZXI6aHVudGVyMg==",
    "user-agent": "curl/8",
  };
  const databaseError = Object.assign(new Error(`cannot connect to postgresql://praxis:${password}@db:5432/praxis`), {
    code: "28P01",
    client: { password },
  });

  test.each<[string, (log: ReturnType<typeof createLog>) => void]>([
    ["a request's headers", (log) => log.info({ request: { method: "GET", headers } }, "called")],
    [
      "headers under any name, in another case",
      (log) => log.info({ a: { b: { c: { Authorization: personalToken } } } }),
    ],
    ["raw headers", (log) => log.info({ rawHeaders: Object.entries(headers).flat() })],
    ["a message with a token", (log) => log.warn(`${apiToken} was refused, ${personalToken} too`)],
    ["a message with a value", (log) => log.warn("refused: %s", `Bearer ${apiToken}`)],
    [
      "an address with tokens in it",
      (log) => log.info({ url: `/x?access_token=${password}&t=${apiToken}#${apiToken}` }),
    ],
    ["an encoded address", (log) => log.info({ url: `/x%20${encodeURIComponent(apiToken)}` })],
    ["an error", (log) => log.error(new Error(`bad ${apiToken}`, { cause: new Error(`Bearer ${personalToken}`) }))],
    ["an error of a driver", (log) => log.error({ err: databaseError }, "no database")],
    ["an error among other things", (log) => log.error({ details: { err: databaseError, password } })],
    ["a body", (log) => log.info({ body: { email: "a@example.com", password, secret: apiToken } })],
    ["a body as text", (log) => log.info({ body: JSON.stringify({ user: "a", password, authorization: session }) })],
    ["a form", (log) => log.info({ body: `email=a&password=${password}&csrfToken=c5rf` })],
    ["settings", (log) => log.info({ DATABASE_URL: `postgresql://u:${password}@h/d`, AUTH_SECRET: password })],
    ["what a child logger says each time", (log) => log.child({ token: apiToken, headers }).info("hello")],
    ["a secret that was cut off", (log) => log.info({ path: `/v1/${apiToken.slice(0, 20)}` })],
    ["a header line", (log) => log.info(`Cookie: a=s3ss10nvalue; next-auth.session-token=${session}`)],
  ])("%s", (_, say) => {
    const output = outputOf(say);
    expect(output).not.toBe("");
    for (const secret of secrets) expect(output).not.toContain(secret);
    expect(output).not.toMatch(/px[tp]_[0-9A-Za-z]{5}/);
  });

  test("whatever surrounds it, and each line stays JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), fc.object(), (before, after, others) => {
        const text = `${before}${/\w$/.test(before) ? " " : ""}${apiToken} ${after}`;
        const output = outputOf((log) => log.info({ others, text, inner: JSON.stringify({ text, password }) }, text));
        expect(() => JSON.parse(output)).not.toThrow();
        expect(output).not.toContain(apiToken);
        expect(output).not.toContain(password);
      }),
      { numRuns: 50 },
    );
  });
});

test("no text makes it slow: a megabyte of anything is one pass for each form", () => {
  for (const unit of [
    "a",
    "ey",
    "a.",
    "://a:",
    "bearer ",
    "pxt_",
    '"',
    "\\",
    '\\"password\\":\\"',
    "token=",
    "cookie:",
    "?code=",
  ]) {
    const short = unit.repeat(1000);
    const long = unit.repeat(20_000);
    const seconds = (text: string) => {
      const start = process.cpuUsage().user;
      outputOf((log) => log.info(text));
      return (process.cpuUsage().user - start) / 1e6;
    };
    seconds(short);
    expect([unit, seconds(long) < 1]).toEqual([unit, true]);
  }
});

test("what helps stays: hints, correlation ids, codes, the names of errors", () => {
  const hint = "pxt_…9zQ1";
  const correlationId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const err = Object.assign(new TypeError("no"), { code: "ECONNREFUSED" });
  const entry = JSON.parse(
    outputOf((log) => log.warn({ correlationId, token: { hint }, err, path: "/v1/alerts" }, "hm")),
  );
  expect(entry).toMatchObject({
    ...{ correlationId, token: { hint }, path: "/v1/alerts", msg: "hm" },
    err: { name: "TypeError", code: "ECONNREFUSED" },
  });
});

function outputOf(say: (log: ReturnType<typeof createLog>) => void): string {
  let output = "";
  say(createLog("trace", { write: (line) => (output += line) }));
  return output;
}
