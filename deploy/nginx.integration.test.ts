import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "@/lib/free-port";

const nginx = process.env.NGINX_PATH ?? "/usr/sbin/nginx";
const isHere = spawnSync(nginx, ["-v"]).status === 0;

describe.skipIf(!isHere)("deploy/nginx.conf in front of two instances", () => {
  const scratch = mkdtempSync(join(tmpdir(), "praxis-nginx-"));
  const answers: ((response: ServerResponse) => void)[] = [];
  const asked = [0, 0];
  const instances: Server[] = [];
  let proxy: ChildProcess;
  let url = "";

  beforeAll(async () => {
    for (const index of [0, 1]) {
      const instance = createServer((request, response) => {
        asked[index] = (asked[index] ?? 0) + 1;
        const answer = answers[index];
        if (answer) return answer(response);
        response.end(JSON.stringify({ index, headers: request.headers }));
      });
      await new Promise<void>((resolve) => instance.listen(0, "127.0.0.1", resolve));
      instances.push(instance);
    }
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    let config = readFileSync("deploy/nginx.conf", "utf8").replace("listen 8080;", `listen 127.0.0.1:${port};`);
    for (const [index, instance] of instances.entries())
      config = config.replace(`app-${index + 1}:3000`, `127.0.0.1:${(instance.address() as AddressInfo).port}`);
    expect(config).not.toMatch(/app-|:3000|8080/);
    writeFileSync(join(scratch, "site.conf"), config);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    const main = [
      `daemon off; master_process off; pid ${scratch}/pid; events {} http { access_log off;`,
      ...temporary.map((name) => `${name}_temp_path ${scratch}/${name};`),
      `include ${scratch}/site.conf; }`,
    ];
    writeFileSync(join(scratch, "main.conf"), main.join("\n"));
    proxy = spawn(nginx, ["-e", "stderr", "-p", scratch, "-c", join(scratch, "main.conf")], { stdio: "inherit" });
    while (proxy.exitCode === null && !(await fetch(url).catch(() => null))) await new Promise(setImmediate);
    expect(proxy.exitCode).toBeNull();
  });

  afterAll(async () => {
    const ended = once(proxy, "exit");
    proxy.kill();
    await ended;
    for (const instance of instances) instance.closeAllConnections();
    for (const instance of instances) instance.close();
    rmSync(scratch, { recursive: true });
  });

  test("both serve, and learn where a client is, whatever it claims", async () => {
    const seen = new Set<number>();
    for (let call = 0; call < 8; call++) {
      const response = await fetch(url, {
        headers: { "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", Authorization: "Bearer x" },
      });
      const { index, headers } = JSON.parse(await response.text());
      seen.add(index);
      expect(headers).toMatchObject({
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
        host: new URL(url).host,
        authorization: "Bearer x",
      });
    }
    expect([...seen].sort()).toEqual([0, 1]);
  });

  test("a question that one cannot answer now is put to the other; a write is not repeated", async () => {
    answers[0] = (response) => response.writeHead(503).end();
    for (let call = 0; call < 4; call++) expect((await fetch(url)).status).toBe(200);
    answers[1] = answers[0];
    const before = (asked[0] ?? 0) + (asked[1] ?? 0);
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBeGreaterThanOrEqual(500);
    expect((asked[0] ?? 0) + (asked[1] ?? 0) - before).toBeLessThanOrEqual(1);
    answers.length = 0;
  });
});
