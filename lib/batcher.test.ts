import { describe, expect, test } from "vitest";
import { Batcher } from "./batcher";
import { DeadlineExceeded } from "./deadline";

/** A batcher whose batches end when the test says so. */
function controlled(options: { maxInFlight?: number; maxBatchSize?: number; deadlineMilliseconds?: number } = {}) {
  const batches: { items: readonly string[]; succeed: () => void; fail: (error: Error) => void }[] = [];
  let arrived = () => {};
  const batcher = new Batcher<string, string>({
    run: (items) =>
      new Promise((resolve, reject) => {
        batches.push({ items, succeed: () => resolve(items.map((item) => `${item}!`)), fail: reject });
        arrived();
      }),
    maxInFlight: 1,
    maxBatchSize: 100,
    deadlineMilliseconds: 60_000,
    ...options,
  });
  /** Resolves with a batch once it has been begun. */
  const begun = async (index: number) => {
    for (;;) {
      const batch = batches[index];
      if (batch) return batch;
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  };
  return { batcher, batches, begun };
}

describe("concurrent callers", () => {
  test("share a batch, and each gets its own result", async () => {
    const { batcher, batches, begun } = controlled();
    const answers = Promise.all(["a", "b", "a"].map((item) => batcher.ask(item)));
    (await begun(0)).succeed();
    expect(await answers).toEqual(["a!", "b!", "a!"]);
    expect(batches.map(({ items }) => items)).toEqual([["a", "b", "a"]]);
  });

  test("are never part of a batch that was begun before they came", async () => {
    const { batcher, begun } = controlled();
    const first = batcher.ask("a");
    const running = await begun(0);
    const second = batcher.ask("a");
    running.succeed();
    expect(await first).toBe("a!");
    const next = await begun(1);
    expect(next.items).toEqual(["a"]);
    next.succeed();
    expect(await second).toBe("a!");
  });

  test("gather while as many batches are under way as may be, and go in batches of the largest size", async () => {
    const { batcher, batches, begun } = controlled({ maxBatchSize: 2 });
    const first = batcher.ask("a");
    await begun(0);
    const rest = Promise.all(["b", "c", "d"].map((item) => batcher.ask(item)));
    batches[0]?.succeed();
    (await begun(1)).succeed();
    (await begun(2)).succeed();
    expect([await first, ...(await rest)]).toEqual(["a!", "b!", "c!", "d!"]);
    expect(batches.map(({ items }) => items)).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  test("fail with the batch they were in, and with no other", async () => {
    const { batcher, begun } = controlled();
    const first = batcher.ask("a");
    const running = await begun(0);
    const second = batcher.ask("b");
    running.fail(new Error("lost"));
    await expect(first).rejects.toThrow("lost");
    (await begun(1)).succeed();
    expect(await second).toBe("b!");
    expect(batcher.isIdle).toBe(true);
  });
});

describe("a batch that hangs", () => {
  test("is given up on at the deadline by all who wait, begun or not", async () => {
    const { batcher, begun } = controlled({ deadlineMilliseconds: 20 });
    const first = batcher.ask("a");
    await begun(0);
    const second = batcher.ask("b");
    await expect(first).rejects.toThrow(DeadlineExceeded);
    await expect(second).rejects.toThrow(DeadlineExceeded);
  });

  test("is given up on sooner by who has less time, whoever came first", async () => {
    const { batcher, begun } = controlled();
    const patient = batcher.ask("a");
    const hurried = batcher.ask("b", performance.now() + 20);
    const running = await begun(0);
    await expect(hurried).rejects.toThrow(DeadlineExceeded);
    running.succeed();
    expect(await patient).toBe("a!");
  });

  test("does not keep later ones from being sent, and its late end changes nothing", async () => {
    const { batcher, batches, begun } = controlled({ deadlineMilliseconds: 20 });
    await expect(batcher.ask("a")).rejects.toThrow(DeadlineExceeded);
    const later = batcher.ask("b");
    (await begun(1)).succeed();
    expect(await later).toBe("b!");
    batches[0]?.succeed();
    const last = batcher.ask("c");
    (await begun(2)).succeed();
    expect(await last).toBe("c!");
    expect(batcher.isIdle).toBe(true);
  });
});
