import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { createMember, createPlace, createTokenRow } from "@/lib/test/fixtures";
import { startScratchDatabase } from "@/lib/test/scratch-database";
import { migrate } from "@/prisma/migrate";
import { type BenchToken, serviceArguments, serviceEnvironment, verifyRequests } from "./contestants";
import { load } from "./load-plan";
import { startServer } from "./servers";

// `npm run bench:profile`: where the service's CPU time goes while it verifies tokens and records no uses, by `node
// --cpu-prof`. Prints Markdown tables: time by package or file, and by function, of its own and with what it calls.

const loadSeconds = 15;
const rowsShown = 15;

const nodeSchema = z.object({
  id: z.number(),
  callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
  children: z.array(z.number()).default([]),
});
const profileSchema = z.object({
  nodes: z.array(nodeSchema),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
type ProfileNode = z.infer<typeof nodeSchema>;

const database = await startScratchDatabase();
const directory = await mkdtemp(join(tmpdir(), "praxis-profile-"));
process.env.DATABASE_URL = database.url;
try {
  await migrate(database.url);
  const server = await startServer(
    ["--cpu-prof", "--cpu-prof-dir", directory, ...serviceArguments],
    "/readyz",
    serviceEnvironment(database.url, join(directory, "data"), { ACCESS_LOG: "off" }),
  );
  const plan = { port: server.port, connections: 32, warmUpSeconds: 3, seconds: loadSeconds, requestsPerSecond: null };
  const result = await load({ ...plan, requests: verifyRequests(await makeTokens()) });
  await server.stop();
  process.stdout.write(`${Math.round(result.requestsPerSecond)} verifications a second while profiled.\n\n`);
  const files = (await readdir(directory)).filter((name) => name.endsWith(".cpuprofile"));
  const profiles = await Promise.all(files.map((name) => readFile(join(directory, name), "utf8")));
  // Threads have a profile each, and the server's own is by far the largest.
  const [largest = ""] = profiles.toSorted((one, other) => other.length - one.length);
  process.stdout.write(markdown(profileSchema.parse(JSON.parse(largest))));
} finally {
  await pool.end();
  await database.stop();
  await rm(directory, { recursive: true });
}

async function makeTokens(): Promise<BenchToken[]> {
  const place = await createPlace();
  const creator = await createMember(place, "owner");
  const scopes = ["pipeline:read"] as const;
  const tokens: BenchToken[] = [];
  for (let count = 0; count < 500; count++) {
    const { secret, id } = await createTokenRow(place, { scopes, creatorId: creator.id });
    tokens.push({ secret, id, ...place, scopes: [...scopes] });
  }
  await db.$executeRaw`analyze tokens`;
  return tokens;
}

function markdown({ nodes, samples, timeDeltas }: z.infer<typeof profileSchema>): string {
  const selfTime = new Map<number, number>();
  // From the last back to where the load was measured from: not what starting took.
  let left = loadSeconds * 1_000_000;
  for (let index = samples.length - 1; index >= 0 && left > 0; index--) {
    const [id = 0, time = 0] = [samples[index], timeDeltas[index]];
    selfTime.set(id, (selfTime.get(id) ?? 0) + time);
    left -= time;
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map<string, number>();
  const places = new Map<string, number>();
  const inclusive = new Map<string, number>();
  const add = (sums: Map<string, number>, key: string, time: number) => sums.set(key, (sums.get(key) ?? 0) + time);
  // A function that calls itself counts once.
  const walk = (node: ProfileNode, above: ReadonlySet<string>): number => {
    const name = nameOf(node);
    const within = new Set(above).add(name);
    const time = selfTime.get(node.id) ?? 0;
    add(own, name, time);
    add(places, placeOf(node), time);
    const children = node.children.map((id) => byId.get(id)).filter((child) => child !== undefined);
    const total = children.reduce((sum, child) => sum + walk(child, within), time);
    if (!above.has(name)) add(inclusive, name, total);
    return total;
  };
  const [root] = nodes;
  const everything = root ? walk(root, new Set()) : 0;
  const busy = everything - ["(idle)", "(program)"].reduce((sum, name) => sum + (own.get(name) ?? 0), 0);
  const table = (title: string, sums: ReadonlyMap<string, number>) => {
    const rows = [...sums]
      .filter(([name]) => !/^\((root|idle)\)/.test(name))
      .toSorted(([, one], [, other]) => other - one);
    const lines = rows.slice(0, rowsShown).map(([name, time]) => `| ${name} | ${((time / busy) * 100).toFixed(1)} % |`);
    return `| ${title} | of busy time |\n|---|---:|\n${lines.join("\n")}\n\n`;
  };
  return table("where", places) + table("function, by itself", own) + table("function, with what it calls", inclusive);
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  if (url === "") return functionName || "(anonymous)";
  return `${functionName || "(anonymous)"} ${shortened(url)}:${lineNumber + 1}`;
}

/** The package, or the file of our own. */
function placeOf({ callFrame: { functionName, url } }: ProfileNode): string {
  if (url === "") return functionName.startsWith("(") ? functionName : "V8 and native code";
  if (url.startsWith("node:")) return `Node: ${url.split("/").slice(0, 2).join("/")}`;
  const [, inside] = url.split("/node_modules/");
  return inside === undefined ? shortened(url) : (/^(?:@[^/]+\/)?[^/]+/.exec(inside)?.[0] ?? inside);
}

function shortened(url: string): string {
  const root = `file://${join(import.meta.dirname, "..")}/`;
  return url.replace(root, "").replace(/^.*\/node_modules\//, "");
}
