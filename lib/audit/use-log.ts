import type { Env } from "@/lib/env";
import { log } from "@/lib/log";

/** Puts uses on record in one of the ways that ACCESS_LOG names. */
export interface UseLog<Use> {
  /** Resolves when the call may be answered. */
  record(use: Use): Promise<void>;
  /** Resolves when all that was taken on is on record, or was given up loudly: to be called before the process ends. */
  flush(): Promise<void>;
}

interface Options<Use> {
  /** Records one use and resolves when it is committed. */
  recordNow(use: Use): Promise<void>;
  /** Records some uses in one transaction, and returns those that could not be recorded yet. */
  recordSome(uses: readonly Use[]): Promise<readonly Use[]>;
  /** How many uses are kept while the database is away. */
  maxKept?: number;
}

const defaultMaxKept = 100_000;
const batchSize = 1000;
/** A use is on record within a second: half of it gathering, half of it for the statement. */
const gatherMilliseconds = 500;
const finalDeadlineMilliseconds = 5000;

/** durable: before the answer. buffered: within a second, if the process lives on. off: never, for measuring only. */
export function createUseLog<Use>(mode: Env["ACCESS_LOG"], options: Options<Use>): UseLog<Use> {
  if (mode === "durable") return { record: options.recordNow, flush: async () => undefined };
  if (mode === "off") return { record: async () => undefined, flush: async () => undefined };
  return new UseBuffer(options);
}

/** Keeps uses until they are on record; a fault may put some on record twice, but none is lost without a word. */
class UseBuffer<Use> implements UseLog<Use> {
  private readonly recordSome: Options<Use>["recordSome"];
  private readonly maxKept: number;
  private kept: Use[] = [];
  private dropped = 0;
  private isStuck = false;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;

  constructor({ recordSome, maxKept = defaultMaxKept }: Options<Use>) {
    this.recordSome = recordSome;
    this.maxKept = maxKept;
  }

  async record(use: Use): Promise<void> {
    this.kept.push(use);
    // A tenth at once, because each removal moves all that stay.
    if (this.kept.length > this.maxKept) this.dropped += this.kept.splice(0, Math.ceil(this.maxKept / 10)).length;
    this.schedule();
  }

  async flush(): Promise<void> {
    const deadline = Date.now() + finalDeadlineMilliseconds;
    while ((this.kept.length > 0 || this.writing) && Date.now() < deadline) {
      const before = this.kept.length;
      await this.write();
      if (this.kept.length >= before && before > 0) await pause(50);
    }
    clearTimeout(this.timer);
    this.dropped += this.kept.splice(0).length;
    this.reportDropped();
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => void this.write(), gatherMilliseconds);
  }

  private write(): Promise<void> {
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
      clearTimeout(this.timer);
      this.timer = undefined;
      if (this.kept.length > 0) this.schedule();
    });
    return this.writing;
  }

  /** Everything that is there when it begins, once: what cannot be recorded now is tried again with the next. */
  private async writeAll(): Promise<void> {
    const left: Use[] = [];
    for (let remaining = this.kept.length; remaining > 0; remaining -= batchSize) {
      const batch = this.kept.splice(0, Math.min(batchSize, remaining));
      if (batch.length === 0) break;
      try {
        for (const use of await this.recordSome(batch)) left.push(use);
        if (this.isStuck) log.info("uses of tokens are recorded again");
        this.isStuck = false;
      } catch (error) {
        if (!this.isStuck) log.error({ err: error }, "uses of tokens cannot be recorded and are kept for now");
        this.isStuck = true;
        this.kept = batch.concat(this.kept);
        break;
      }
    }
    this.kept = left.concat(this.kept);
    this.reportDropped();
  }

  private reportDropped(): void {
    if (this.dropped === 0) return;
    log.fatal({ uses: this.dropped }, "uses of tokens were dropped and will never be on record");
    this.dropped = 0;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
