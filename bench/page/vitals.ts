import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { z } from "zod";

/** What a visit costs. */
export interface Visit {
  /** Of all scripts that the page loads by itself, compressed. */
  scriptBytes: number;
  /** Largest Contentful Paint (web.dev/lcp). */
  lcpMilliseconds: number;
}

/** Loads an address in a new page and waits until nothing more comes. */
export async function visit(page: Page, address: string, cpuSlowdown: number): Promise<Visit> {
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script")
      sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).byteLength));
  });
  await slowDown(page, cpuSlowdown);
  await page.goto(address, { waitUntil: "networkidle" });
  const lcpMilliseconds = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
          type: "largest-contentful-paint",
          buffered: true,
        });
      }),
  );
  const all = await Promise.all(sizes);
  return { scriptBytes: all.reduce((sum, size) => sum + size, 0), lcpMilliseconds };
}

/** Slows the page's processor down, as a cheap phone's is. */
export async function slowDown(page: Page, rate: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate });
}

/** What somebody did, such as "click Create token", and how long it took until the next paint (web.dev/inp). */
export interface Interaction {
  what: string;
  milliseconds: number;
}

const interactionsSchema = z.array(z.object({ what: z.string(), milliseconds: z.number() }));

/** Starts to note interactions; what it returns tells them, the longest first. */
export async function observeInteractions(page: Page): Promise<() => Promise<Interaction[]>> {
  await page.evaluate(() => {
    // The types do not know the threshold yet: without it, what takes less than 104 ms is not told.
    const everyInteraction = Object.assign({ type: "event" }, { durationThreshold: 16 });
    const interactions: Interaction[] = [];
    Reflect.set(window, "interactions", interactions);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (Reflect.get(entry, "interactionId") === 0) continue;
        const target: unknown = Reflect.get(entry, "target");
        const name = target instanceof Element ? (target.ariaLabel ?? target.textContent ?? "").slice(0, 40) : "";
        interactions.push({ what: `${entry.name} ${name}`.trim(), milliseconds: entry.duration });
      }
    }).observe(everyInteraction);
  });
  return async () => {
    const interactions = interactionsSchema.parse(await page.evaluate("window.interactions"));
    return interactions.sort((one, other) => other.milliseconds - one.milliseconds);
  };
}
