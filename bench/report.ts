import type { Measured } from "./rounds";

export interface Report {
  machine: { cores: number; model: string; node: string };
  settings: { rounds: number; seconds: number; connections: number; tokens: number };
  throughput: readonly Measured[];
  latency: readonly Measured[];
  coldStartMilliseconds: readonly number[];
  memoryAtRestMebibytes: Readonly<Record<string, number>>;
}

/** The report for people to read: GitHub-flavoured Markdown. */
export function markdownReport(report: Report): string {
  const { machine, settings } = report;
  return [
    `Node ${machine.node}, ${machine.cores} cores (${machine.model}); ${settings.tokens} tokens, ${settings.connections} connections, ${settings.rounds} alternating rounds of ${settings.seconds} s; medians.`,
    "",
    table(["", "req/s", "lowest–highest", "p50 ms", "p99 ms", "answers", "wrong"], report.throughput.map(row)),
    table(["ratio", "measured", "target"], ratios(report.throughput, report.latency)),
    "At 100 requests per second:",
    "",
    table(
      ["", "p50 ms", "p99 ms", "answers", "wrong"],
      report.latency.map((one) => pick(row(one), [0, 3, 4, 5, 6])),
    ),
  ].join("\n");
}

/** What the service is held to, as ratios within this run. */
function ratios(throughput: readonly Measured[], latency: readonly Measured[]): string[][] {
  const rate = (name: string) => throughput.find((one) => one.name === name)?.requestsPerSecond ?? Number.NaN;
  const p99 = (name: string) => latency.find((one) => one.name === name)?.p99Milliseconds ?? Number.NaN;
  const durable = "verify, durable use records";
  const off = "verify, off use records";
  const against = (name: string, other: string, target: number) => [
    `${name} ÷ ${other}`,
    (rate(name) / rate(other)).toFixed(2),
    `≥ ${target}`,
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
    against("nginx → verify, durable", "nginx → Next route, one SELECT", 3),
    ["p99 at 100/s: verify ÷ better-auth on Node", (p99(durable) / p99("better-auth on Node")).toFixed(2), "≤ 0.5"],
  ].filter(([, measured]) => measured !== "NaN");
}

function row(measured: Measured): string[] {
  const { name, requestsPerSecond, spread, p50Milliseconds, p99Milliseconds, answers, failures } = measured;
  const wrong = Object.entries(failures).map(([reason, count]) => `${count}× ${reason}`);
  return [
    name,
    whole(requestsPerSecond),
    spread.map(whole).join("–"),
    p50Milliseconds.toFixed(2),
    p99Milliseconds.toFixed(2),
    whole(answers),
    wrong.length === 0 ? "0" : wrong.join(", "),
  ];
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
