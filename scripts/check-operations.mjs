import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { cleanUp, dataDirectory, freePort, launch, ready, scratch, stopLaunched, until } from "./instances.mjs";
import { root, setUp } from "./setup.mjs";

// What operators do, proven with real processes: they measure, deploy beside the release before, and have no network.

const adminPassword = randomBytes(15).toString("base64url");
const self = "/identity/tokens/self";
const adminEmail = "admin@example.com";

before(() => setUp({ build: true }));
afterEach(stopLaunched);
after(cleanUp);

test("metrics of all workers together, without a secret or an id in them", async () => {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const env = { WORKERS: "2", METRICS_PORT: String(metricsPort), ADMIN_PASSWORD: adminPassword };
  await ready(launch({ port, env }));
  const url = `http://127.0.0.1:${port}`;
  const { token, id, context } = await createToken(url);
  const bad = `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`;
  const calls = 20;
  for (let index = 0; index < calls; index++) {
    // Each on a connection of its own, so that every worker is asked.
    assert.equal(await statusOf(url, "/identity/tokens/self", token), 200);
    assert.equal(await statusOf(url, "/identity/tokens/self", bad), 401);
    assert.equal(await statusOf(url, `/v1/alerts/${id}`, token), 403);
  }
  assert.equal((await fetch(`${url}/sign-in?token=${bad}`)).status, 200);
  assert.equal((await fetch(`${url}/${id}`)).status, 404);

  const text = await metricsOf(metricsPort);
  /** @param {string} series */
  const value = (series) =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`${series} `))
        ?.split(" ")[1],
    );
  const self = 'route="/identity/tokens/self",method="GET"';
  assert.equal(value('praxis_token_verdicts_total{outcome="allowed",reason="none"}'), calls);
  assert.equal(value('praxis_token_verdicts_total{outcome="refused",reason="malformed"}'), calls);
  assert.equal(value('praxis_token_verdicts_total{outcome="refused",reason="insufficient_scope"}'), calls);
  assert.equal(value(`praxis_http_answers_total{${self},status="200"}`), calls);
  assert.equal(value(`praxis_http_answer_seconds_count{${self}}`), 2 * calls);
  assert.equal(value('praxis_http_answers_total{route="/v1/alerts/{id}",method="GET",status="403"}'), calls);
  assert.equal(value('praxis_batch_size_sum{kind="token_lookup"}'), 2 * calls);
  assert.equal(value('praxis_batch_size_sum{kind="token_use"}'), 2 * calls);
  assert.ok(value('praxis_database_connections{state="total"}') >= 1);
  assert.equal(value('praxis_database_connections{state="waiting"}'), 0);
  assert.ok(value("nodejs_eventloop_lag_p99_seconds") >= 0);
  assert.ok(value("process_resident_memory_bytes") > 0);
  assert.equal(value("praxis_database_up"), 1);
  assert.match(text, /^# TYPE praxis_jobs gauge$/m);
  assert.doesNotMatch(text, /px[tp]_|[0-9a-f]{8}-[0-9a-f]{4}-|sign-in|@/);
  for (const secret of [token, bad, context["x-ne-org-id"], context["x-ne-tenant-id"]])
    assert.ok(!text.includes(secret));

  assert.equal((await fetch(`${url}/metrics`)).status, 404);
  assert.equal((await fetch(`http://127.0.0.1:${metricsPort}/`)).status, 404);
});

describe("a deploy", () => {
  const previous = previousRelease();

  test("the release before works on beside this one", { skip: previous.skip }, async (context) => {
    const checkout = checkoutOf(previous.commit);
    const directory = dataDirectory();
    const shared = {
      ...{ AUTH_SECRET: randomBytes(32).toString("hex"), ADMIN_PASSWORD: adminPassword },
      // As many calls as the machine can make, half of them with bad tokens.
      ...{ RATE_LIMIT_TOKEN: "off", RATE_LIMIT_FAILED_AUTH: "off" },
    };
    const [oldPort, newPort] = [await freePort(), await freePort()];
    const [oldUrl, newUrl] = [`http://127.0.0.1:${oldPort}`, `http://127.0.0.1:${newPort}`];
    const command = [process.execPath, "--conditions=react-server", "--import", "tsx", "server.ts"];
    const nodeEnv = { NODE_ENV: "production" };
    const old = launch({ checkout, command, directory, port: oldPort, env: { ...shared, ...nodeEnv } });
    await until(() => old.ended() || old.output().includes("is ready"), "the release before to start or end");
    if (old.ended()) return context.skip(`${previous.commit} does not start by itself: ${old.output()}`);
    const databaseUrl = embeddedUrl(directory);
    const made = await issueTokens(checkout, databaseUrl);

    // Traffic on the old instance all the while: migrations run under it.
    const statuses = { good: new Set(), bad: new Set(), writes: new Set() };
    let calls = 0;
    let isOver = false;
    const traffic = (async () => {
      for (; !isOver; calls++) {
        statuses.good.add(await statusOf(oldUrl, self, made.working));
        statuses.bad.add(await statusOf(oldUrl, self, made.revoked));
        statuses.writes.add(await createAtLast(oldUrl, made.working, `pipeline ${calls}`));
      }
    })();
    // Awaited below; when something else fails first, that is what is said.
    traffic.catch(() => undefined);
    const metricsPort = await freePort();
    const settings = { ...shared, DATABASE_URL: databaseUrl, METRICS_PORT: String(metricsPort) };
    await ready(launch({ port: newPort, env: settings }));
    const before = calls;
    await until(() => calls > before + 10, "traffic beside the new release");

    // Issued by either, known to both; revoked by either, refused by both.
    for (const [issuer, revoker] of /** @type {const} */ ([
      [root, oldUrl],
      [checkout, newUrl],
    ])) {
      const { working, revoked, id } = await issueTokens(issuer, databaseUrl);
      for (const url of [oldUrl, newUrl]) {
        assert.equal(await statusOf(url, self, working), 200);
        assert.equal(await statusOf(url, self, revoked), 401);
      }
      assert.equal(await revoke(revoker, working, id), 200);
      for (const url of [oldUrl, newUrl]) assert.equal(await statusOf(url, self, working), 401);
    }
    assert.equal(await createPipeline(newUrl, made.working, "from the new release"), 201);
    assert.match(
      await metricsOf(metricsPort),
      /^praxis_token_verdicts_total\{outcome="refused",reason="revoked"\} \d/m,
    );

    isOver = true;
    await traffic;
    assert.deepEqual(
      [statuses.good, statuses.bad, statuses.writes].map((seen) => [...seen]),
      [[200], [401], [201]],
    );
    const verified = spawnSync("npm", ["run", "-s", "audit:verify"], {
      ...{ cwd: root, encoding: "utf8" },
      env: { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: directory },
    });
    assert.match(verified.stdout, /chains, all as they were recorded/, verified.stderr);
  });
});

test("the image: the steps of the Dockerfile make what its command runs as an ordinary user", async () => {
  const [build = [], final = []] = dockerStages(readFileSync(join(root, "Dockerfile"), "utf8"));
  const installed = () => readFileSync(join(root, "node_modules", ".package-lock.json"), "utf8");
  const before = installed();
  const copy = copyForImage();
  const runs = build.flatMap(({ keyword, value }) => (keyword === "RUN" ? [value] : []));
  assert.match(runs[0] ?? "", /^npm ci --ignore-scripts/);
  // The same installation, which has been made already; and of the build, what has changed since.
  for (const step of runs.slice(1)) {
    const { status, stderr, stdout } = spawnSync("sh", ["-c", step], { cwd: copy, encoding: "utf8" });
    assert.equal(status, 0, `${step}\n${stdout}\n${stderr}`);
  }
  assert.ok(before === installed(), "this checkout is as it was");
  assert.ok(!existsSync(join(copy, "node_modules", "vitest")), "development dependencies are left out");
  for (const name of [".git", ".env", ".data", "e2e"]) assert.ok(!existsSync(join(copy, name)), `${name} is left out`);

  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
  const directory = dataDirectory();
  mkdirSync(directory);
  if (user) chownSync(directory, user.uid, user.gid);
  const port = await freePort();
  const settings = Object.fromEntries(
    final.flatMap(({ keyword, value }) => (keyword === "ENV" ? value.split(" ").map((pair) => pair.split("=")) : [])),
  );
  const env = { ...settings, DATA_DIR: directory, PORT: String(port) };
  const command = commandOf(final, "CMD");
  assert.equal(command[0], "node");
  const instance = await ready(launch({ checkout: copy, command, directory, port, env, ...(user && { user }) }));
  const healthCheck = commandOf(final, "HEALTHCHECK");
  const health = () =>
    spawnSync(healthCheck[0] ?? "", healthCheck.slice(1), { env: { ...process.env, ...env } }).status;
  assert.equal(health(), 0);
  assert.equal((await fetch(`http://127.0.0.1:${port}/sign-in`)).status, 200);
  assert.equal(await instance.stop(), 0);
  assert.equal(health(), 1);
  assert.doesNotMatch(instance.output(), /EACCES|EROFS|permission denied/i);
});

describe("without a network", () => {
  const namespace = networkNamespace();

  test("an installed checkout starts and serves", { skip: namespace.skip }, async () => {
    const port = await freePort();
    const inside = `ip link set lo up && exec '${process.execPath}' scripts/offline-client.mjs`;
    const instance = launch({ port, command: [...namespace.command, "sh", "-c", inside] });
    assert.equal(await instance.exit(), 0, instance.output());
    for (const said of ["/readyz 200", "/sign-in 200", "/openapi.json 200", "There is no network"])
      assert.ok(instance.output().includes(said), instance.output());
  });
});

/** PREVIOUS_RELEASE, else the last release that is tagged, else the commit before the newest migration, so that a deploy from it migrates. */
function previousRelease() {
  /** @param {string[]} args */
  const git = (...args) =>
    spawnSync("git", ["--no-optional-locks", ...args], { cwd: root, encoding: "utf8" }).stdout?.trim() ?? "";
  const isUncommitted = git("status", "--porcelain", "prisma/migrations") !== "";
  const newest = git("log", "-1", "--format=%H", "--", "prisma/migrations/*/migration.sql");
  const chosen = process.env.PREVIOUS_RELEASE || git("describe", "--tags", "--abbrev=0", "--match=v*", "HEAD~1");
  const commit =
    chosen || (isUncommitted ? git("rev-parse", "HEAD") : newest && git("rev-parse", "--verify", `${newest}~1`));
  const isThere =
    commit !== "" && spawnSync("git", ["cat-file", "-e", `${commit}:server.ts`], { cwd: root }).status === 0;
  return isThere
    ? { commit, skip: false }
    : { commit, skip: "this checkout has no history that holds a release before" };
}

/**
 * The sources of a commit, ready to answer the API: that is not built, and Next is content with this release's build.
 * @param {string} commit
 */
function checkoutOf(commit) {
  const checkout = join(scratch, "previous");
  mkdirSync(checkout);
  const archive = join(scratch, "previous.tar");
  assert.equal(spawnSync("git", ["archive", "-o", archive, commit], { cwd: root }).status, 0);
  assert.equal(spawnSync("tar", ["-xf", archive, "-C", checkout]).status, 0);
  symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"));
  cpSync(join(root, ".next"), join(checkout, ".next"), {
    recursive: true,
    filter: (path) => !/\.next.cache/.test(path),
  });
  const generated = spawnSync(process.execPath, [join("node_modules", "prisma/build/index.js"), "generate"], {
    ...{ cwd: checkout, encoding: "utf8" },
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
  });
  assert.equal(generated.status, 0, generated.stderr);
  return checkout;
}

/** How to run a program where there is no network, if this machine lets us. */
function networkNamespace() {
  const command =
    process.getuid?.() === 0 ? ["unshare", "--net"] : ["unshare", "--net", "--map-current-user", "--keep-caps"];
  const works = spawnSync(command[0] ?? "", [...command.slice(1), "ip", "link", "set", "lo", "up"]).status === 0;
  return { command, skip: works ? false : "this machine permits no network namespace (unshare, ip)" };
}

/** @param {string} text */
function dockerStages(text) {
  const lines = text
    .replace(/^#.*$/gm, "")
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .filter(Boolean);
  /** @type {{ keyword: string, value: string }[][]} */
  const stages = [];
  for (const line of lines) {
    const [, keyword = "", value = ""] = /^(\w+) (.*)$/.exec(line) ?? [];
    if (keyword === "FROM") stages.push([]);
    else stages.at(-1)?.push({ keyword, value });
  }
  return stages;
}

/**
 * @param {{ keyword: string, value: string }[]} stage
 * @param {string} keyword
 * @returns {string[]}
 */
function commandOf(stage, keyword) {
  const value = stage.find((instruction) => instruction.keyword === keyword)?.value ?? "";
  return JSON.parse(value.slice(value.indexOf("[")));
}

/** What the image's build sees of this checkout, with the packages and the build that are there already. */
function copyForImage() {
  const copy = join(scratch, "image");
  mkdirSync(copy);
  const ignored = readFileSync(join(root, ".dockerignore"), "utf8").split("\n").filter(Boolean);
  const isIgnored = (/** @type {string} */ name) =>
    ignored.some((pattern) => name === pattern || (pattern.endsWith("*") && name.startsWith(pattern.slice(0, -1))));
  for (const name of readdirSync(root).filter((entry) => !isIgnored(entry)))
    cpSync(join(root, name), join(copy, name), { recursive: true });
  const isKept = (/** @type {string} */ path) => !path.startsWith(join(root, ".next", "cache"));
  for (const name of [".next", ".setup"])
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: isKept });
  assert.equal(spawnSync("cp", ["-al", join(root, "node_modules"), copy]).status, 0);
  // npm writes its list in place, which would change that of the checkout, too.
  const list = join("node_modules", ".package-lock.json");
  rmSync(join(copy, list));
  cpSync(join(root, list), join(copy, list));
  return copy;
}

/** @param {string} directory */
function embeddedUrl(directory) {
  const databasePort = readFileSync(join(directory, "postgres", "postmaster.pid"), "utf8").split("\n")[3];
  assert.ok(existsSync(join(directory, "postgres-password")));
  const password = readFileSync(join(directory, "postgres-password"), "utf8").trim();
  return `postgresql://praxis:${password}@127.0.0.1:${databasePort}/praxis`;
}

/**
 * Signs in as the owner, as a browser does, and creates a token.
 * @param {string} url
 */
async function createToken(url) {
  const cookie = await signIn(url);
  const headers = { cookie, "content-type": "application/json" };
  const { items } = await json(fetch(`${url}/identity/organizations`, { headers }));
  const [organization] = items;
  const context = { "x-ne-org-id": organization.id, "x-ne-tenant-id": organization.tenants[0].id };
  const name = `token ${randomBytes(4).toString("hex")}`;
  const body = JSON.stringify({ name, scopes: ["pipeline:read", "pipeline:write"] });
  const created = await json(
    fetch(`${url}/identity/tokens`, { method: "POST", headers: { ...headers, ...context }, body }),
  );
  assert.ok(created.secret, JSON.stringify(created));
  return { token: String(created.secret), id: String(created.token.id), context };
}

/**
 * @param {string} url
 * @param {string} token
 * @param {string} id
 */
async function revoke(url, token, id) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ ids: [id], reason: "unused" });
  return (await fetch(`${url}/identity/tokens/revoke`, { method: "POST", headers, body })).status;
}

/**
 * Tokens as the sources of a release issue them, whatever state the database is in.
 * @param {string} checkout
 * @param {string} databaseUrl
 * @returns {Promise<{ working: string, id: string, revoked: string }>}
 */
async function issueTokens(checkout, databaseUrl) {
  const script = `
    import { createPlace, createTokenRow } from "@/lib/test/fixtures";
    const place = await createPlace();
    const { secret: working, id } = await createTokenRow(place, { scopes: ["pipeline:write", "token:write"] });
    const { secret: revoked } = await createTokenRow(place, { revokedAt: new Date() });
    process.stdout.write(JSON.stringify({ working, id, revoked }));
    process.exit(0);`;
  const file = join(checkout, ".setup", "issue-tokens.ts");
  mkdirSync(join(checkout, ".setup"), { recursive: true });
  writeFileSync(file, script);
  const command = ["--conditions=react-server", "--import", "tsx", file];
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { cwd: checkout, env });
  assert.ok(stdout, stderr);
  return JSON.parse(stdout);
}

/** @param {string} url */
async function signIn(url) {
  const first = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = await json(Promise.resolve(first));
  const jar = cookiesOf(first);
  const second = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: jar, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, email: adminEmail, password: adminPassword }),
  });
  return `${jar}; ${cookiesOf(second)}`;
}

/** @param {Response} response */
function cookiesOf(response) {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
}

/** @param {Promise<Response>} response */
async function json(response) {
  return (await response).json();
}

/**
 * @param {string} url
 * @param {string} path
 * @param {string} token
 */
async function statusOf(url, path, token) {
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}`, connection: "close" } });
  await response.arrayBuffer();
  return response.status;
}

/**
 * @param {string} url
 * @param {string} token
 * @param {string} name
 */
async function createPipeline(url, token, name) {
  const response = await fetch(`${url}/v1/pipelines`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ name, signal: "logs", source: "filelog", destination: "s3://logs" }),
  });
  await response.arrayBuffer();
  return response.status;
}

/**
 * A write that meets a migration's lock may be told to try again, and then succeeds.
 * @param {string} url
 * @param {string} token
 * @param {string} name
 */
async function createAtLast(url, token, name) {
  for (let attempt = 1; attempt < 5; attempt++) {
    const status = await createPipeline(url, token, name);
    if (status !== 503) return status;
  }
  return createPipeline(url, token, name);
}

/** @param {number} port */
async function metricsOf(port) {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  return response.text();
}
