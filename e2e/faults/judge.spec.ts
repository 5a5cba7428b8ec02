import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { verification } from "./changes";
import { Judge, type Target } from "./traffic";

// What judges the service under faults must find out one that breaks its promises.

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function service(answer: RequestListener): Promise<Target> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { name: "S", url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, mayBeAway: false };
}

const good = verification("a good token", "pxt_good", [200]);
const bad = verification("a bad token", "pxt_bad", [401]);

async function wrongOf(target: Target, question = good, judge = new Judge()): Promise<string[]> {
  await judge.judge(target, question);
  return judge.take().wrong;
}

test.each([
  ["401 to a good token", good, 401, {}],
  ["403 to a good token", good, 403, {}],
  ["429 to a good token", good, 429, { "retry-after": "1" }],
  ["500", good, 500, {}],
  ["503 without Retry-After", good, 503, {}],
  ["200 to a bad token", bad, 200, {}],
  ["204 to a bad token", bad, 204, {}],
])("finds %s", async (_, question, status, headers) => {
  expect(
    await wrongOf(await service((_request, response) => response.writeHead(status, headers).end()), question),
  ).toEqual([expect.stringContaining(`${question.name}, GET ${question.path}: ${status}`)]);
});

test("finds an answer that does not come in time", async () => {
  const judge = new Judge();
  await judge.allow(50);
  expect(await wrongOf(await service(() => undefined), good, judge)).toEqual([expect.stringContaining("no answer")]);
});

test("finds an instance that is gone, unless the test made it go", async () => {
  const target = await service((request) => request.socket.destroy());
  expect(await wrongOf(target)).toHaveLength(1);
  expect(await wrongOf({ ...target, mayBeAway: true })).toEqual([]);
});

test("takes the right verdict, and an honest 503", async () => {
  const decided = await service((request, response) =>
    response.writeHead(request.headers.authorization === "Bearer pxt_good" ? 200 : 401).end(),
  );
  const undecided = await service((_, response) => response.writeHead(503, { "retry-after": "1" }).end());
  for (const target of [decided, undecided])
    for (const question of [good, bad]) expect(await wrongOf(target, question)).toEqual([]);
});
