import { Socket } from "node:net";
import pg from "pg";
import { withDeadline } from "@/lib/deadline";
import { log } from "@/lib/log";

const tickMilliseconds = 100;
/** When somebody has waited for as long and nothing was heard meanwhile, the database is asked for a sign of life. */
const patienceMilliseconds = 200;
/** Without one for as long, it is silent: whoever waited is told so within a second. */
const silenceMilliseconds = 500;
/** On a machine whose processor is overbooked the database may be late as this process is: then that much longer. */
const lagFactor = 10;
const mostLagMilliseconds = 2000;

/** A database that takes connections or questions, and answers none. */
export class DatabaseSilent extends Error {
  override name = "DatabaseSilent";
  /** As the system calls it; what says that a connection timed out. */
  readonly code = "ETIMEDOUT";

  constructor() {
    super("The database does not answer");
  }
}

/**
 * Tells a database that is silent (stopped, hung, cut off) from one that works on something long. Once it is silent,
 * every connection is cut, so that whoever waits learns it and no dead connection is used again; new ones are refused at
 * once, but for one that looks for a sign of life. Nobody queues, and nobody storms it when it is back.
 */
export class Pulse {
  private readonly config: () => pg.ClientConfig;
  private readonly sockets = new Set<Socket>();
  /** Since when somebody waits for each, in milliseconds; the oldest first. */
  private readonly waiting = new Map<object, number>();
  private prober: pg.Client | undefined;
  private tickedAt = performance.now();
  /** How late this process itself lately was. */
  private lagMilliseconds = 0;
  private isAsking = false;
  private isSilent = false;
  private heardAt = 0;
  private heardBytes = 0;
  /** By connections that are no more. */
  private closedBytes = 0;

  /** How to connect, for the one that looks for a sign of life. */
  constructor(config: () => pg.ClientConfig) {
    this.config = config;
    setInterval(() => this.tick(), tickMilliseconds).unref();
  }

  /** Where to connect through: pg's option `stream`. */
  readonly stream = (): Socket => (this.isSilent ? new RefusedSocket() : this.open());

  /** Looks after the clients that are lent to somebody. */
  watch(pool: pg.Pool): void {
    pool.on("acquire", (client) => this.waiting.set(client, performance.now()));
    pool.on("release", (_error, client) => this.waiting.delete(client));
  }

  private open(): Socket {
    const socket = new Socket();
    this.sockets.add(socket);
    this.waiting.set(socket, performance.now());
    socket.once("data", () => this.waiting.delete(socket));
    socket.once("close", () => {
      this.waiting.delete(socket);
      this.sockets.delete(socket);
      this.closedBytes += socket.bytesRead;
    });
    return socket;
  }

  private tick(): void {
    const now = performance.now();
    this.lagMilliseconds = Math.max(now - this.tickedAt - tickMilliseconds, this.lagMilliseconds * 0.9);
    this.tickedAt = now;
    if (this.isAsking) return;
    const bytes = this.bytesRead();
    if (bytes !== this.heardBytes) this.heard(now, bytes);
    const [since] = this.waiting.values();
    const isQuiet = since !== undefined && now - Math.max(since, this.heardAt) >= patienceMilliseconds;
    if (!isQuiet && !this.isSilent) return;
    this.isAsking = true;
    void this.ask().finally(() => {
      this.isAsking = false;
    });
  }

  private async ask(): Promise<void> {
    const before = this.bytesRead();
    const answers = await this.probe();
    // When this process itself was held up, what came meanwhile is read only now.
    await new Promise((resolve) => setImmediate(resolve));
    const bytes = this.bytesRead();
    if (answers || bytes !== before) {
      if (this.isSilent) log.info("the database answers again");
      this.isSilent = false;
      this.heard(performance.now(), bytes);
      return;
    }
    if (!this.isSilent) log.error("the database does not answer: its connections are cut");
    this.isSilent = true;
    this.prober = undefined;
    for (const socket of this.sockets) socket.destroy(new DatabaseSilent());
  }

  /** True when there was an answer, be it a refusal. */
  private async probe(): Promise<boolean> {
    try {
      const extraMilliseconds = Math.min(mostLagMilliseconds, Math.max(0, this.lagMilliseconds) * lagFactor);
      await withDeadline(this.beat(), silenceMilliseconds + extraMilliseconds);
      return true;
    } catch (error) {
      return error instanceof Error && error.name !== "DeadlineExceeded";
    }
  }

  private async beat(): Promise<void> {
    const client = this.prober ?? new pg.Client({ ...this.config(), stream: () => this.open() });
    try {
      if (this.prober === undefined) {
        client.on("error", () => this.forget(client));
        await client.connect();
        this.prober = client;
      }
      await client.query("select 1");
    } catch (error) {
      this.forget(client);
      throw error;
    }
  }

  private forget(client: pg.Client): void {
    if (this.prober === client) this.prober = undefined;
    client.end().catch(() => undefined);
  }

  private heard(at: number, bytes: number): void {
    this.heardAt = at;
    this.heardBytes = bytes;
  }

  private bytesRead(): number {
    let bytes = this.closedBytes;
    for (const socket of this.sockets) bytes += socket.bytesRead;
    return bytes;
  }
}

/** Fails when it is to connect. */
class RefusedSocket extends Socket {
  override connect(): this {
    return this.destroy(new DatabaseSilent());
  }
}
