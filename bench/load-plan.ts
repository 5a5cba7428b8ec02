import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** What the load generator is told. */
export const loadPlanSchema = z.object({
  port: z.number().int(),
  connections: z.number().int().positive(),
  warmUpSeconds: z.number().nonnegative(),
  seconds: z.number().positive(),
  /** Null: as many as the connections allow. */
  requestsPerSecond: z.number().positive().nullable(),
  /** Whole HTTP/1.1 requests, sent in turn, each with a text that its answer must contain. */
  requests: z.array(z.object({ text: z.string(), expected: z.string() })).min(1),
});
export type LoadPlan = z.infer<typeof loadPlanSchema>;

const loadResultSchema = z.object({
  requestsPerSecond: z.number(),
  requests: z.number(),
  p50Milliseconds: z.number().nullable(),
  p99Milliseconds: z.number().nullable(),
  /** How many answers were not as expected, by reason. */
  failures: z.record(z.string(), z.number()),
});
export type LoadResult = z.infer<typeof loadResultSchema>;

/** Loads a server from a process of its own, so that the generator's work is not the server's. */
export async function load(plan: LoadPlan): Promise<LoadResult> {
  const directory = await mkdtemp(join(tmpdir(), "praxis-load-"));
  const file = join(directory, "plan.json");
  await writeFile(file, JSON.stringify(plan));
  try {
    const generator = join(import.meta.dirname, "load-generator.ts");
    return loadResultSchema.parse(JSON.parse(await output(["--import", "tsx", generator, "--plan", file])));
  } finally {
    await rm(directory, { recursive: true });
  }
}

function output(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve(text) : reject(new Error(`The load generator ended with ${code}`)),
    );
  });
}

/** A GET as the generator sends it. */
export function getRequest(path: string, headers: Readonly<Record<string, string>> = {}): string {
  return request("GET", path, headers, "");
}

/** A POST of a form as the generator sends it. */
export function formRequest(path: string, headers: Readonly<Record<string, string>>, form: string): string {
  const type = { "content-type": "application/x-www-form-urlencoded", "content-length": String(form.length) };
  return request("POST", path, { ...headers, ...type }, form);
}

function request(method: string, path: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries({ host: "127.0.0.1", ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}
