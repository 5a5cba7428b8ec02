import type { Endurance, ProcessorTime } from "./endurance";
import type { Plan } from "./plans";
import type { Measured } from "./rounds";

/** What came of watching for answers that contradict what was acknowledged before their request was sent. */
export interface Staleness {
  requests: number;
  /** Of these, sent after a change to their token. */
  afterChange: number;
  stale: number;
  /** Neither one verdict nor the other, such as 503. */
  undecided: number;
}

export interface Report {
  machine: { cores: number; model: string; node: string };
  /** What else ran when the bench began: processes that wanted a core, on average over a minute. */
  loadAverageBefore: number;
  settings: { rounds: number; seconds: number; connections: number; tokens: number };
  throughput: readonly Measured[];
  latency: readonly Measured[];
  coldStartMilliseconds: readonly number[];
  memoryAtRestMebibytes: Readonly<Record<string, number>>;
  staleness: Readonly<Record<string, Staleness>>;
  /** By how uses are recorded. */
  processorTime: Record<string, ProcessorTime>;
  endurance: Endurance;
  plans: readonly Plan[];
}

/** The report for people to read: GitHub-flavoured Markdown. */
export function markdownReport(report: Report): string {
  const { machine, settings } = report;
  return [
    `Node ${machine.node}, ${machine.cores} cores (${machine.model}); ${settings.tokens} tokens, ${settings.connections} connections, ${settings.rounds} alternating rounds of ${settings.seconds} s; medians. Load average before: ${report.loadAverageBefore.toFixed(1)}.`,
    "",
    table(["", "req/s", "lowest–highest", "p50 ms", "p99 ms", "answers", "wrong"], report.throughput.map(row)),
    table(["ratio", "measured", "target"], ratios(report.throughput, report.latency)),
    "At 100 requests per second:",
    "",
    table(
      ["", "p50 ms", "p99 ms", "answers", "wrong"],
      report.latency.map((one) => pick(row(one), [0, 3, 4, 5, 6])),
    ),
    "CPU time for each verification, by how its use is recorded:",
    "",
    table(
      ["", "service µs", "PostgreSQL µs"],
      Object.entries(report.processorTime).map(([name, time]) => [name, whole(time.service), whole(time.postgresql)]),
    ),
    "Answers that contradict a change acknowledged before they were asked for:",
    "",
    table(
      ["", "answers", "after a change", "stale", "undecided"],
      Object.entries(report.staleness).map(([name, { requests, afterChange, stale, undecided }]) => [
        name,
        ...[requests, afterChange, stale, undecided].map(whole),
      ]),
    ),
    ...memory(report),
    ...report.plans.map(({ name, lines }) => [`${name}:`, "", "```", ...lines, "```", ""].join("\n")),
  ].join("\n");
}

function memory({ coldStartMilliseconds, memoryAtRestMebibytes, endurance }: Report): string[] {
  const rest = Object.entries(memoryAtRestMebibytes).map(([name, size]) => `${name} ${whole(size)}`);
  // About ten of them, the last among them.
  const every = Math.max(1, Math.ceil(endurance.memory.length / 10));
  const samples = endurance.memory.filter(
    (_, index) => index === 0 || (endurance.memory.length - 1 - index) % every === 0,
  );
  const requests = `${whole(endurance.answers)} verifications at ${whole(endurance.requestsPerSecond)}/s, wrong: ${wrong(endurance.failures)}`;
  return [
    `Cold start: ${coldStartMilliseconds.map(whole).join(", ")} ms. Memory at rest, MiB: ${rest.join(", ")}.`,
    `Memory over ${requests}, durable use records:`,
    "",
    table(
      ["answers", "MiB"],
      samples.map(({ answers, residentMebibytes }) => [whole(answers), whole(residentMebibytes)]),
    ),
  ];
}

/** What the service is held to, as ratios within this run. */
function ratios(throughput: readonly Measured[], latency: readonly Measured[]): string[][] {
  const rate = (name: string) => throughput.find((one) => one.name === name)?.requestsPerSecond ?? Number.NaN;
  const p99 = (name: string) => latency.find((one) => one.name === name)?.p99Milliseconds ?? Number.NaN;
  const durable = "verify, durable use records";
  const off = "verify, off use records";
  const against = (name: string, other: string, target: number | null) => [
    `${name} ÷ ${other}`,
    (rate(name) / rate(other)).toFixed(2),
    target === null ? "" : `≥ ${target}`,
  ];
  return [
    against(durable, "map in memory", 0.6),
    against(durable, "better-auth on Node", 15),
    against(durable, "better-auth in Next", 30),
    against(durable, "Next route alone", 8),
    against(durable, "oidc-provider introspection", 3),
    against(durable, off, 0.5),
    against("verify, buffered use records", off, 0.85),
    against("/v1/pipelines", durable, 0.5),
    against("verify, off use records, 2 workers", off, null),
    against("nginx → verify, durable", "nginx → Next route, one SELECT", 3),
    ["p99 at 100/s: verify ÷ better-auth on Node", (p99(durable) / p99("better-auth on Node")).toFixed(2), "≤ 0.5"],
  ].filter(([, measured]) => measured !== "NaN");
}

function row(measured: Measured): string[] {
  const { name, requestsPerSecond, spread, p50Milliseconds, p99Milliseconds, answers, failures } = measured;
  return [
    name,
    whole(requestsPerSecond),
    spread.map(whole).join("–"),
    p50Milliseconds.toFixed(2),
    p99Milliseconds.toFixed(2),
    whole(answers),
    wrong(failures),
  ];
}

function wrong(failures: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(failures).map(([reason, count]) => `${count}× ${reason}`);
  return reasons.length === 0 ? "0" : reasons.join(", ");
}

function pick(cells: readonly string[], places: readonly number[]): string[] {
  return places.map((place) => cells[place] ?? "");
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return line(head) + line(head.map((_, index) => (index === 0 ? "---" : "---:"))) + rows.map(line).join("");
}
