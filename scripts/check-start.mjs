import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { get, request } from "node:http";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import {
  cleanUp,
  dataDirectory,
  freePort,
  launch,
  postmasterPid,
  ready,
  scratch,
  stopLaunched,
  until,
} from "./instances.mjs";
import { isRunning, tryLock } from "./process-lock.mjs";
import { root, setUp } from "./setup.mjs";

// What a start must survive, proven on this checkout with real processes.

const isRoot = process.getuid?.() === 0;

before(() => setUp({ build: true }));
afterEach(stopLaunched);
after(cleanUp);

describe("npm start", () => {
  test("is up in seconds the second time, and shows the password only the first time", async () => {
    const directory = dataDirectory();
    const first = await ready(launch({ directory, port: await freePort() }));
    assert.match(first.output(), /Password +\S{16,}/);
    assert.equal(await first.stop(), 0);

    const start = performance.now();
    const second = await ready(launch({ directory, port: await freePort() }));
    const seconds = (performance.now() - start) / 1000;
    assert.ok(seconds < 15, `the second start took ${seconds} s`);
    for (const step of ["Dependencies", "Prisma client", "Application build", "Migrations"]) {
      assert.match(second.output(), new RegExp(`${step} \\(up to date\\)`));
    }
    assert.doesNotMatch(second.output(), /Password/);
  });

  test("through npm: SIGTERM to npm ends it orderly, leaving no process behind", async () => {
    const instance = await ready(launch({ port: await freePort(), command: ["npm", "start"] }));
    const postmaster = postmasterPid(instance.directory);
    assert.equal(await instance.stop(), 0);
    assert.ok(!isRunning(postmaster));
    assert.ok(!existsSync(join(instance.directory, "instance.lock")));
  });

  test("a second Ctrl-C ends it at once, whoever is still served, and its database with it", async () => {
    const port = await freePort();
    const instance = await ready(launch({ port }));
    const [server, database] = [serverPid(instance.pid), postmasterPid(instance.directory)];
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": 1000 };
    const unfinished = request({
      port,
      host: "127.0.0.1",
      path: "/api/auth/callback/credentials",
      method: "POST",
      headers,
    });
    unfinished.on("error", () => undefined).flushHeaders();
    await once(unfinished, "socket");
    // One that comes within a second counts as the first one's echo.
    await until(() => {
      try {
        process.kill(server, "SIGINT");
        return false;
      } catch {
        return true;
      }
    }, "the end");
    assert.equal(await instance.exit(), 1);
    await until(() => !isRunning(database), "the end of the database");
  });

  test("says which port is taken, before doing anything", async () => {
    const port = await freePort();
    const other = createServer().listen(port, "127.0.0.1");
    try {
      const instance = launch({ port });
      assert.equal(await instance.exit(), 1);
      assert.match(instance.output(), new RegExp(`Port ${port} is in use.*set PORT`));
      assert.doesNotMatch(instance.output(), /Dependencies/);
    } finally {
      other.close();
    }
  });

  test("names every setting that cannot be used", async () => {
    const instance = launch({ port: 0, env: { PORT: "http", LOG_LEVEL: "loud" } });
    assert.equal(await instance.exit(), 1);
    assert.match(instance.output(), /PORT: expected a whole number[\s\S]*LOG_LEVEL: expected one of/);
    assert.doesNotMatch(instance.output(), /\n +at /);
  });

  test("waits for another set-up of the same checkout", async () => {
    const held = tryLock(join(root, ".setup", "lock"));
    assert.ok(held.held);
    const instance = launch({ port: await freePort() });
    await until(() => instance.output().includes("is setting up this checkout"), "the start to wait");
    held.release();
    await ready(instance);
  });

  test("takes over the lock of a set-up that was killed", async () => {
    const gone = spawn(process.execPath, ["--version"], { stdio: "ignore" });
    await once(gone, "exit");
    writeFileSync(join(root, ".setup", "lock"), `${gone.pid} 1`);
    await ready(launch({ port: await freePort() }));
  });
});

describe("two instances", () => {
  test("with their own ports and directories run side by side, and one outlives the other", async () => {
    const [one, two] = await Promise.all([
      ready(launch({ port: await freePort() })),
      ready(launch({ port: await freePort() })),
    ]);
    assert.equal(await one.stop(), 0);
    assert.equal(await two.answers(), true);
  });

  test("cannot share a data directory", async () => {
    const one = await ready(launch({ port: await freePort() }));
    const two = launch({ port: await freePort(), directory: one.directory });
    assert.equal(await two.exit(), 1);
    assert.match(two.output(), /DATA_DIR .* is in use by another running instance/);
    assert.equal(await one.answers(), true);
  });
});

describe("kill -9", () => {
  test("of the launcher: the service ends by itself", async () => {
    const instance = await ready(launch({ port: await freePort() }));
    const postmaster = postmasterPid(instance.directory);
    kill(instance.pid);
    await until(() => !isRunning(postmaster), "the database to stop");
  });

  test("of the service: the next start takes the database over", async () => {
    const { directory, postmaster } = await killedInstance();
    assert.ok(isRunning(postmaster));
    const next = await ready(launch({ directory, port: await freePort() }));
    assert.doesNotMatch(next.output(), /Password/);
    assert.ok(!isRunning(postmaster));
  });

  test("of the service and the database: the next start recovers", async () => {
    const { directory, postmaster } = await killedInstance();
    kill(postmaster);
    await ready(launch({ directory, port: await freePort() }));
  });

  test("of everything, when the database's process id has gone to another program since", async () => {
    const { directory, postmaster } = await killedInstance();
    kill(postmaster);
    const pidFile = join(directory, "postgres", "postmaster.pid");
    const [, ...rest] = readFileSync(pidFile, "utf8").split("\n");
    writeFileSync(pidFile, [process.pid, ...rest].join("\n"));
    await ready(launch({ directory, port: await freePort() }));
  });

  test("of the database alone: it comes back under the running service", async () => {
    const instance = await ready(launch({ port: await freePort() }));
    kill(postmasterPid(instance.directory));
    await until(instance.answers, "the service to answer again");
  });

  test("of the database, when it cannot be started again at first: it comes back once it can", async () => {
    const instance = await ready(launch({ port: await freePort() }));
    const settings = join(instance.directory, "postgres", "postgresql.conf");
    renameSync(settings, `${settings}.away`);
    kill(postmasterPid(instance.directory));
    await until(() => instance.output().includes("the database was lost"), "the log to say so");
    renameSync(`${settings}.away`, settings);
    await until(instance.answers, "the service to answer again");
  });

  test("while the database is being created: the next start creates it anew", async () => {
    const directory = dataDirectory();
    const interrupted = launch({ directory, port: await freePort() });
    const creating = () =>
      existsSync(directory) && readdirSync(directory).some((name) => name.startsWith("postgres.new-"));
    await until(creating, "the creation of the database");
    kill(serverPid(interrupted.pid));
    await interrupted.exit();
    assert.ok(!existsSync(join(directory, "postgres")));
    await ready(launch({ directory, port: await freePort() }));
  });
});

describe("several workers", () => {
  test("serve on one port, count together, and are replaced when they die", async () => {
    const port = await freePort();
    const instance = await ready(launch({ port, env: { WORKERS: "2", RATE_LIMIT_FAILED_AUTH: "20/60" } }));
    const primary = serverPid(instance.pid);
    const database = postmasterPid(instance.directory);
    const workers = () => childrenOf(primary).filter((pid) => pid !== database);
    const first = workers();
    assert.equal(first.length, 2);
    assert.equal(instance.output().match(/is ready/g)?.length, 1);
    assert.equal(instance.output().match(/Password/g)?.length, 1);

    // Each on a connection of its own, so that both workers are asked.
    const statuses = await Promise.all(Array.from({ length: 60 }, () => statusOfBadToken(port)));
    assert.deepEqual(
      [401, 429].map((status) => statuses.filter((one) => one === status).length),
      [20, 40],
    );

    for (const [index, worker] of first.entries()) {
      kill(worker);
      await until(instance.answers, "the other worker to answer");
      const replacements = () => instance.output().match(/a new worker serves/g)?.length ?? 0;
      await until(() => replacements() > index, "the worker to be replaced");
    }
    const last = workers();
    assert.equal(await instance.stop(), 0);
    assert.deepEqual([primary, database, ...last].filter(isRunning), []);
  });
});

describe("users", () => {
  test("as root: a data directory that the database's user cannot enter", { skip: !isRoot }, async () => {
    const hidden = join(scratch, "hidden");
    mkdirSync(hidden, { mode: 0o700 });
    const directory = join(hidden, "data");
    const first = await ready(launch({ directory, port: await freePort() }));
    const home = dirname(readlinkSync(join(directory, "postgres")));
    try {
      assert.match(first.output(), new RegExp(`the database is kept in ${home}`));
      assert.equal(await first.stop(), 0);
      const second = await ready(launch({ directory, port: await freePort() }));
      assert.doesNotMatch(second.output(), /Password/);
      await second.stop();
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  test("who may not write to the checkout are told what to run", { skip: !isRoot || !reachable(root) }, async () => {
    const instance = launch({ user: { uid: 65_534, gid: 65_534 }, port: await freePort() });
    assert.equal(await instance.exit(), 1);
    assert.match(instance.output(), /cannot be written to by this user.*tsx server\.ts/);
  });

  test("as an ordinary user", { skip: !isRoot || !reachable(root) }, async () => {
    const user = { uid: 65_534, gid: 65_534 };
    const checkout = copyOfCheckout(user);
    const instance = await ready(
      launch({ checkout, user, directory: join(checkout, ".data"), port: await freePort() }),
    );
    assert.equal(statSync(join(checkout, ".data", "postgres")).uid, user.uid);
    assert.equal(statSync(join(checkout, ".data", "auth-secret")).mode & 0o777, 0o600);
    assert.equal(await instance.stop(), 0);
  });
});

/**
 * Asks on a connection of its own.
 * @param {number} port
 * @returns {Promise<number | undefined>}
 */
async function statusOfBadToken(port) {
  const headers = { authorization: "Bearer nonsense" };
  const request = get({ port, host: "127.0.0.1", path: "/identity/tokens/self", headers, agent: false });
  const [response] = await once(request, "response");
  response.resume();
  return response.statusCode;
}

/** A service that ran and was killed, whose database still runs. */
async function killedInstance() {
  const instance = await ready(launch({ port: await freePort() }));
  const postmaster = postmasterPid(instance.directory);
  kill(serverPid(instance.pid));
  assert.equal(await instance.exit(), 137);
  return { directory: instance.directory, postmaster };
}

/** @param {number} launcher */
function serverPid(launcher) {
  return childrenOf(launcher)[0] ?? assert.fail("the launcher has no child");
}

/** @param {number} parent */
function childrenOf(parent) {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid = 0, of]) => (of === parent ? pid : []));
}

/** @param {number} pid */
function kill(pid) {
  assert.ok(pid > 1);
  process.kill(pid, "SIGKILL");
}

/** @param {string} directory */
function reachable(directory) {
  const options = { uid: 65_534, gid: 65_534, cwd: "/" };
  return spawnSync("test", ["-r", join(directory, "node_modules", "next")], options).status === 0;
}

/**
 * A checkout, set up, that belongs to another user.
 * @param {{ uid: number, gid: number }} user
 */
function copyOfCheckout(user) {
  const copy = join(scratch, "checkout");
  const skipped = new Set(["node_modules", ".git"]);
  mkdirSync(copy);
  for (const name of readdirSync(root).filter((entry) => !skipped.has(entry) && !entry.startsWith(".data"))) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const all = readdirSync(copy, { recursive: true, encoding: "utf8" });
  for (const path of [copy, ...all.map((name) => join(copy, name))]) {
    if (path !== join(copy, "node_modules") && !path.startsWith(join(copy, "node_modules/")))
      chownSync(path, user.uid, user.gid);
  }
  return copy;
}
