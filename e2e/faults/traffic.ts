import { ask, type Call, type Outcome } from "./ask";

/** Where calls go: an instance, or what stands for one. */
export interface Target {
  readonly name: string;
  readonly url: string;
  /** Whether it is the test itself that keeps it from answering. */
  readonly mayBeAway: boolean;
}

/** A question to which the right answers are known. */
export interface Question extends Call {
  name: string;
  /** Of a credential that works. */
  isGood: boolean;
  right: readonly number[];
}

export interface Tally {
  requests: number;
  /** Answers that are neither right nor an honest 503, each told in full. */
  wrong: string[];
  /** 503 with Retry-After. */
  undecided: number;
  unreachable: number;
  slowestMilliseconds: number;
}

/** The contract's second, and what a busy machine adds: that there is an answer in bounded time is what is judged. */
const defaultDeadlineMilliseconds = 2500;
const asksAtOncePerTarget = 5;
const pauseMilliseconds = 20;

/**
 * Judges what comes of calls while something is broken: the right answer, or 503 with Retry-After in time, and nothing
 * else. A target that is not away by the test's own doing must answer.
 */
export class Judge {
  tally: Tally = empty();
  private deadlineMilliseconds = defaultDeadlineMilliseconds;
  private readonly underWay = new Set<Promise<unknown>>();
  private goodListeners: ((target: Target) => void)[] = [];
  private undecidedListeners: ((target: Target) => void)[] = [];

  /** Within what time answers must be there. Resolves when no call is under way that was begun with another. */
  async allow(milliseconds = defaultDeadlineMilliseconds): Promise<void> {
    this.deadlineMilliseconds = milliseconds;
    await Promise.all(this.underWay);
  }

  /** Makes a call, puts what came of it to the tally, and returns the answer if it was a right one. */
  async judge(target: Target, question: Question): Promise<Extract<Outcome, { kind: "answer" }> | null> {
    const { deadlineMilliseconds } = this;
    const asked = ask(target.url, question, deadlineMilliseconds);
    this.underWay.add(asked);
    const outcome = await asked;
    this.underWay.delete(asked);
    const { tally } = this;
    tally.requests++;
    const told = `${target.name}: ${question.name}, ${question.method} ${question.path}`;
    if (outcome.kind !== "answer") {
      const what = outcome.kind === "late" ? `no answer in ${deadlineMilliseconds} ms` : outcome.code;
      if (target.mayBeAway) tally.unreachable++;
      else tally.wrong.push(`${told}: ${what}`);
      return null;
    }
    if (!target.mayBeAway) tally.slowestMilliseconds = Math.max(tally.slowestMilliseconds, outcome.milliseconds);
    if (question.right.includes(outcome.status)) {
      if (question.isGood) for (const listener of this.goodListeners) listener(target);
      return outcome;
    }
    if (isUndecided(outcome)) {
      tally.undecided++;
      for (const listener of this.undecidedListeners) listener(target);
    } else tally.wrong.push(`${told}: ${outcome.status} ${outcome.text.slice(0, 200)}`);
    return null;
  }

  /** Resolves when each target has given this many good answers from now on, with the milliseconds that took. */
  async good(targets: readonly Target[], count = 1): Promise<number> {
    const since = performance.now();
    await counted(targets, count, this.goodListeners, "good answers");
    return Math.round(performance.now() - since);
  }

  /** Resolves when each target has answered 503 this many times from now on. */
  undecided(targets: readonly Target[], count = 10): Promise<void> {
    return counted(targets, count, this.undecidedListeners, "answers of 503");
  }

  /** Returns what there was, and begins anew. */
  take(): Tally {
    const { tally } = this;
    this.tally = empty();
    return tally;
  }
}

/** Asks each target each question in turn, a bounded number at once, until told to stop. */
export class Traffic {
  private readonly judge: Judge;
  private readonly targets: readonly Target[];
  private readonly questions: readonly Question[];
  private running: Promise<unknown> | undefined;
  private isStopping = false;
  /** Correlation ids of the calls with a token that were answered as done: each must be on record. */
  readonly answered = new Set<string>();

  constructor(judge: Judge, targets: readonly Target[], questions: readonly Question[]) {
    this.judge = judge;
    this.targets = targets;
    this.questions = questions;
  }

  start(): void {
    const slots = Array.from({ length: asksAtOncePerTarget }, (_, slot) => slot);
    // A target that does not answer keeps nobody from asking the other.
    this.running = Promise.all(this.targets.flatMap((target) => slots.map((slot) => this.keepAsking(target, slot))));
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  private async keepAsking(target: Target, slot: number): Promise<void> {
    for (let turn = slot * 3; !this.isStopping; turn++) {
      const question = this.questions[turn % this.questions.length];
      if (question === undefined) throw new Error("Nothing to ask");
      const answer = await this.judge.judge(target, question);
      const id = answer?.headers["x-correlation-id"];
      if (question.isGood && question.headers.authorization && typeof id === "string") this.answered.add(id);
      await pause(pauseMilliseconds);
    }
  }
}

/** Traffic is steady, not as fast as can be: the faults are to be seen, not the machine's limits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function isUndecided(outcome: Extract<Outcome, { kind: "answer" }>): boolean {
  return outcome.status === 503 && /^[1-9]\d*$/.test(outcome.headers["retry-after"] ?? "");
}

async function counted(
  targets: readonly Target[],
  count: number,
  listeners: ((target: Target) => void)[],
  what: string,
): Promise<void> {
  const left = new Map(targets.map((target) => [target, count]));
  await new Promise<void>((resolve, reject) => {
    const giveUp = setTimeout(() => {
      remove();
      const missing = [...left].map(([{ name }, more]) => `${more} from ${name}`).join(", ");
      reject(new Error(`Waited in vain for ${what}: ${missing}`));
    }, 20_000);
    const listen = (target: Target) => {
      const more = left.get(target);
      if (more === undefined) return;
      if (more > 1) left.set(target, more - 1);
      else left.delete(target);
      if (left.size > 0) return;
      clearTimeout(giveUp);
      remove();
      resolve();
    };
    const remove = () => listeners.splice(listeners.indexOf(listen), 1);
    listeners.push(listen);
  });
}

function empty(): Tally {
  return { requests: 0, wrong: [], undecided: 0, unreachable: 0, slowestMilliseconds: 0 };
}
