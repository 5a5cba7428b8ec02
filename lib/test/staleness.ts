import { Agent, request } from "node:http";

/**
 * A check that no answer contradicts what was acknowledged before the question was asked. Watchers call a service with
 * tokens without pause while the tokens change; each answer is held against what was known when its request was sent.
 */

/** What a token's verification must answer, as an HTTP status. */
type Verdict = number;

interface Expectation {
  verdict: Verdict;
  /** Set while a change is under way: until it is acknowledged, either verdict is right. */
  becoming: Verdict | null;
  /** Raised by every change, begun or done. */
  version: number;
}

export interface Watched {
  secret: string;
  /** The path and query that asks about it. */
  path: string;
}

export interface StalenessResult {
  requests: number;
  /** Answers to requests that were sent after a change was acknowledged. */
  afterChange: number;
  /** Answers that contradict what was acknowledged before their request was sent. */
  contradictions: { path: string; expected: Verdict; answered: Verdict }[];
  /** Answers that were neither one verdict nor the other, such as 503. */
  undecided: number;
}

/** Watches tokens on several instances at once. */
export class StalenessWatch {
  private readonly expectations = new Map<string, Expectation>();
  private readonly tokens: Watched[] = [];
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly result: StalenessResult = { requests: 0, afterChange: 0, contradictions: [], undecided: 0 };
  private milestones: { requests: number; resolve: () => void }[] = [];
  private turn = 0;
  private stopped = false;
  private readonly instances: readonly string[];

  /** The instances are addresses such as http://127.0.0.1:3000; watchers take them in turn. */
  constructor(instances: readonly string[]) {
    this.instances = instances;
  }

  /** Starts asking about a token, of which this verdict is known. */
  add(token: Watched, verdict: Verdict = 200): void {
    this.tokens.push(token);
    this.expectations.set(keyOf(token), { verdict, becoming: null, version: 0 });
  }

  /** Makes a change, after which these tokens are to get another verdict. Resolves once it is acknowledged. */
  async change(tokens: readonly Watched[], verdict: Verdict, make: () => Promise<unknown>): Promise<void> {
    const affected = tokens.map((token) => this.expectationOf(token));
    for (const expectation of affected) {
      expectation.becoming = verdict;
      expectation.version++;
    }
    await make();
    for (const expectation of affected) {
      expectation.verdict = verdict;
      expectation.becoming = null;
      expectation.version++;
    }
  }

  /** Asks about the tokens in turn, with this many requests in flight, until `stop`. */
  async run(watchers: number): Promise<StalenessResult> {
    await Promise.all(Array.from({ length: watchers }, () => this.watch()));
    this.agent.destroy();
    return this.result;
  }

  /** Resolves when there have been this many answers. */
  answered(requests: number): Promise<void> {
    return new Promise((resolve) => this.milestones.push({ requests, resolve }));
  }

  stop(): void {
    this.stopped = true;
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      const turn = this.turn++;
      const token = this.tokens[turn % this.tokens.length];
      // By rounds, so that every token is asked about on every instance.
      const instance = this.instances[Math.floor(turn / this.tokens.length) % this.instances.length];
      if (token === undefined || instance === undefined) throw new Error("Nothing to watch");
      await this.ask(token, instance);
    }
  }

  private async ask(token: Watched, instance: string): Promise<void> {
    const expectation = this.expectationOf(token);
    const sent = { ...expectation };
    const answered = await this.status(token, instance);
    this.result.requests++;
    this.milestones = this.milestones.filter(({ requests, resolve }) => {
      if (this.result.requests < requests) return true;
      resolve();
      return false;
    });
    if (sent.version > 0 && sent.becoming === null) this.result.afterChange++;
    const changed = expectation.version !== sent.version;
    const right = [
      sent.verdict,
      sent.becoming,
      changed ? expectation.verdict : null,
      changed ? expectation.becoming : null,
    ];
    if (right.includes(answered)) return;
    if (answered === 503) this.result.undecided++;
    else this.result.contradictions.push({ path: token.path, expected: sent.verdict, answered });
  }

  private status({ secret, path }: Watched, instance: string): Promise<Verdict> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${secret}` };
      const call = request(instance + path, { agent: this.agent, headers }, (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      });
      call.on("error", reject);
      call.end();
    });
  }

  private expectationOf(token: Watched): Expectation {
    const expectation = this.expectations.get(keyOf(token));
    if (expectation === undefined) throw new Error("This token is not watched");
    return expectation;
  }
}

function keyOf({ secret, path }: Watched): string {
  return `${secret} ${path}`;
}
