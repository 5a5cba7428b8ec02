import { hammer } from "@/lib/test/staleness-run";
import { startTenSecondCache } from "@/lib/test/ten-second-cache";
import { startAnotherInstance } from "./support/service";
import { expect, test, url } from "./support/story";

test.describe.configure({ mode: "serial" });

test("no answer contradicts a change that was acknowledged before it was asked for, on any instance", async () => {
  test.setTimeout(300_000);
  const other = await startAnotherInstance({});
  try {
    const instances = [url(""), other.url];
    const result = await hammer({ asked: instances, changed: instances, requests: 100_000 });
    expect(result.contradictions).toEqual([]);
    expect(result.undecided).toBe(0);
    expect(result.requests).toBeGreaterThanOrEqual(100_000);
    expect(result.afterChange).toBeGreaterThan(10_000);
  } finally {
    await other.stop();
  }
});

test("the same check finds out a gateway that keeps verdicts for ten seconds", async () => {
  const cache = await startTenSecondCache(url(""));
  try {
    const result = await hammer({ asked: [cache.url], changed: [url("")], requests: 10_000 });
    expect(result.contradictions.length).toBeGreaterThan(0);
  } finally {
    await cache.stop();
  }
});
