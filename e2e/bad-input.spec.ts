import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { db } from "@/lib/db/client";
import { badInput, type FuzzCase } from "./support/fuzz-cases";
import { flawsOf } from "./support/fuzz-judge";
import { fuzz } from "./support/fuzz-run";
import { endlessRequests, trickledRequests } from "./support/fuzz-slow";
import { Wire } from "./support/fuzz-wire";
import { createWorld, stateOf, type World } from "./support/fuzz-world";
import { startAnotherInstance } from "./support/service";
import { expect, test } from "./support/story";

/**
 * Generated bad input against a running service: none of it is accepted, none of it makes it fault, hang or die, and
 * every refusal has the shape of the contract. FUZZ_SEED and FUZZ_CASES choose what is tried; `npm run fuzz` tries more.
 */

const seed = Number(process.env.FUZZ_SEED || 20_261_123);
const wantedCases = Number(process.env.FUZZ_CASES || 20_000);
/** From so many on, there is time to see the service's own time-outs pass. */
const manyCases = 100_000;

test.describe.configure({ mode: "serial" });

let service: Awaited<ReturnType<typeof startAnotherInstance>>;
let world: World;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startAnotherInstance({
    RATE_LIMIT_TOKEN: "off",
    RATE_LIMIT_SIGN_IN: "off",
    RATE_LIMIT_SIGN_IN_ADDRESS: "off",
    LEAK_REPORT_KEYS: process.env.PRAXIS_LEAK_REPORT_KEYS ?? "",
  });
  world = await createWorld(service.url);
});

test.afterAll(() => service.stop());

test("every operation lets somebody in as far as to look at their input", () => {
  expect(world.targets.filter(({ admitted }) => admitted.length === 0).map(({ key }) => key)).toEqual([]);
  const lists = world.targets.filter(({ cursor }) => cursor !== null);
  expect(lists.length).toBeGreaterThan(5);
});

test("no bad input is accepted, and none makes the service fault, hang or die", async () => {
  test.setTimeout(900_000);
  const before = await stateOf(world.place);
  const slow = [trickledRequests(world), ...(wantedCases >= manyCases ? [endlessRequests(world)] : [])];
  const result = await fuzz(world, { seed, cases: wantedCases });
  test.info().annotations.push({ type: "bad input", description: result.summary });
  process.stdout.write(`${result.summary}\n`);
  expect((await Promise.all(slow)).flat()).toEqual([]);
  expect(result.flawed).toEqual([]);
  expect(result.cases).toBeGreaterThanOrEqual(wantedCases);
  // Each operation was met by every kind of caller that it lets in, and by those that nobody knows.
  const missed = world.targets.flatMap(({ key, admitted }) =>
    ["none" as const, ...admitted]
      .filter((credential) => !result.met.has(`${key} ${credential}`))
      .map((credential) => `${key} ${credential}`),
  );
  expect(missed).toEqual([]);
  expect(await stateOf(world.place)).toEqual(before);
  expect(await db.pipeline.count({ where: { name: world.refusedText } })).toBe(0);
  expect(service.isRunning()).toBe(true);
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  // To the operator, bad input is no failure of the service.
  const failures = readFileSync(service.log, "utf8")
    .split("\n")
    .filter((line) => line.includes('"msg":"A call failed"'));
  expect(failures.slice(0, 10)).toEqual([]);
});

/** Ways to be wrong that no good service shows: were they not noticed, the test above would say nothing. */
const wrongAnswers: Readonly<Record<string, RequestListener>> = {
  "accepts everything": (_request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end("{}"),
  faults: (_request, response) => response.writeHead(500, { "content-type": "application/problem+json" }).end("{}"),
  "refuses without a word": (_request, response) => response.writeHead(400).end(),
  "refuses in another shape": (_request, response) =>
    response
      .writeHead(401, { "content-type": "application/json", "x-correlation-id": "0".repeat(32) })
      .end('{"error":"unauthorized"}'),
  "mixes up its answers": (_request, response) => {
    response.socket?.write("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
    response.writeHead(401).end();
  },
  "shows another tenant's rows": (_request, response) => response.writeHead(400).end(world.known.foreignText),
  "hangs up": (request) => request.socket.destroy(),
  "never answers": () => undefined,
};

for (const [wrong, listener] of Object.entries(wrongAnswers))
  test(`it is noticed when a service ${wrong}`, async () => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const wire = new Wire(`http://127.0.0.1:${port}`, 500);
    try {
      const isPlain = ({ refusedWith, parserMayRefuse }: FuzzCase) => refusedWith !== null && !parserMayRefuse;
      const cases = fc.sample(badInput(world), { seed, numRuns: 200 }).filter(isPlain).slice(0, 40);
      expect(cases.length).toBe(40);
      const outcomes = await Promise.all(
        cases.map(async (tried) => flawsOf(tried, await wire.send(tried.request), world.known)),
      );
      expect(outcomes.filter((flaws) => flaws.length === 0)).toEqual([]);
    } finally {
      wire.close();
      server.closeAllConnections();
      server.close();
    }
  });
