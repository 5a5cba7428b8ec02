import { DeadlineExceeded } from "@/lib/deadline";

interface BatcherOptions<Item, Result> {
  /** Does the work of many at once, and returns their results in the same order. */
  run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** While as many batches are under way, items gather for the next. */
  maxInFlight: number;
  maxBatchSize: number;
  /** After this long, whoever still waits is told so, unless they have less time. The work itself may still be done. */
  deadlineMilliseconds: number;
  /** Told the size of each batch that is sent. */
  onBatch?: (size: number) => void;
}

interface Waiting<Item, Result> {
  item: Item;
  due: number;
  isSettled: boolean;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Shares work among concurrent callers. An item is only ever part of a batch that is begun after it came, so what the
 * batch reads is no older than the question; and the busier it is, the larger the batches are. Nothing is kept.
 */
export class Batcher<Item, Result> {
  private readonly options: BatcherOptions<Item, Result>;
  /** Not yet sent, oldest first. */
  private gathered: Waiting<Item, Result>[] = [];
  /** Sent or not; settled ones are removed now and then. */
  private waiting: Waiting<Item, Result>[] = [];
  private unsettled = 0;
  private inFlight = 0;
  private isScheduled = false;
  private alarm: { timer: NodeJS.Timeout; at: number } | undefined;

  constructor(options: BatcherOptions<Item, Result>) {
    this.options = options;
  }

  /**
   * The result for an item, by a time in milliseconds of performance.now(). Throws what the batch threw, and
   * DeadlineExceeded.
   */
  ask(item: Item, due = performance.now() + this.options.deadlineMilliseconds): Promise<Result> {
    return new Promise((resolve, reject) => {
      const one: Waiting<Item, Result> = { item, due, isSettled: false, resolve, reject };
      this.unsettled++;
      this.gathered.push(one);
      this.waiting.push(one);
      this.wakeBy(due);
      this.schedule();
    });
  }

  /** Whether nobody waits for anything. */
  get isIdle(): boolean {
    return this.unsettled === 0 && this.inFlight === 0;
  }

  private schedule(): void {
    if (this.isScheduled || this.gathered.length === 0 || this.inFlight >= this.options.maxInFlight) return;
    this.isScheduled = true;
    // What arrived in the same turn of the event loop comes along.
    setImmediate(() => {
      this.isScheduled = false;
      void this.send();
    });
  }

  private async send(): Promise<void> {
    const batch = this.gathered.splice(0, this.options.maxBatchSize).filter(({ isSettled }) => !isSettled);
    if (batch.length === 0) return this.schedule();
    this.options.onBatch?.(batch.length);
    this.inFlight++;
    let isHeld = true;
    const release = () => {
      if (isHeld) this.inFlight--;
      isHeld = false;
      this.schedule();
    };
    // A batch that hangs must not keep those that come after it from other connections.
    const hanging = setTimeout(release, this.options.deadlineMilliseconds);
    this.schedule();
    try {
      const results = await this.options.run(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new TypeError("A batch must have a result for each item");
      for (const [index, one] of batch.entries()) this.settle(one, () => one.resolve(results[index] as Result));
    } catch (error) {
      for (const one of batch) this.settle(one, () => one.reject(error));
    } finally {
      clearTimeout(hanging);
      this.waiting = this.waiting.filter(({ isSettled }) => !isSettled);
      release();
    }
  }

  private giveUpOnOverdue(): void {
    const now = performance.now();
    for (const one of this.waiting)
      if (one.due <= now) this.settle(one, () => one.reject(new DeadlineExceeded(this.options.deadlineMilliseconds)));
    this.waiting = this.waiting.filter(({ isSettled }) => !isSettled);
    this.alarm = undefined;
    if (this.waiting.length > 0) this.wakeBy(this.waiting.reduce((first, { due }) => Math.min(first, due), Infinity));
  }

  private wakeBy(due: number): void {
    if (this.alarm && this.alarm.at <= due) return;
    clearTimeout(this.alarm?.timer);
    this.alarm = { timer: setTimeout(() => this.giveUpOnOverdue(), due - performance.now()), at: due };
  }

  private settle(one: Waiting<Item, Result>, how: () => void): void {
    if (one.isSettled) return;
    one.isSettled = true;
    this.unsettled--;
    how();
  }
}
