import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { instanceMetrics } from "./instance";
import { observer, observeWith } from "./observer";
import { measureServing, servingRegistry } from "./serving";

describe("metrics", () => {
  test("are told to nobody until somebody listens, then by series", async () => {
    expect(observer()).toBeUndefined();
    observeWith(measureServing());
    observer()?.answered({ route: "/v1/alerts/{id}", method: "GET", status: 404, seconds: 0.003 });
    observer()?.answered({ route: "/v1/alerts/{id}", method: "GET", status: 404, seconds: 2 });
    observer()?.decided("refused", "expired");
    observer()?.batched("token_use", 7);
    const text = await servingRegistry.metrics();
    for (const line of [
      'praxis_http_answers_total{route="/v1/alerts/{id}",method="GET",status="404"} 2',
      'praxis_http_answer_seconds_bucket{le="0.005",route="/v1/alerts/{id}",method="GET"} 1',
      'praxis_http_answer_seconds_bucket{le="2.5",route="/v1/alerts/{id}",method="GET"} 2',
      'praxis_token_verdicts_total{outcome="refused",reason="expired"} 1',
      'praxis_batch_size_sum{kind="token_use"} 7',
      'praxis_database_connections{state="waiting"} 0',
    ])
      expect(text.split("\n")).toContain(line);
  });

  test("say that the database is away, and nothing of its jobs, when it is", async () => {
    const text = await instanceMetrics();
    expect(text).toMatch(/^praxis_database_up 0$/m);
    expect(text).not.toMatch(/^praxis_jobs\{/m);
  });

  test("that the runbook names are there, and all of ours are in it", async () => {
    const text = (await servingRegistry.metrics()) + (await instanceMetrics());
    const there = new Set(Array.from(text.matchAll(/^# TYPE (praxis_\w+)/gm), ([, name = ""]) => name));
    const runbook = readFileSync("docs/operations.md", "utf8").replaceAll("(`_max`)", "");
    const named = new Set(Array.from(runbook.matchAll(/\bpraxis_\w+/g), ([name]) => name.replace(/_bucket$/, "")));
    named.add("praxis_database_connections_max");
    expect([...named].sort()).toEqual([...there].sort());
  });
});
