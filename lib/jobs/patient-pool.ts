import pg from "pg";
import { log } from "@/lib/log";

const firstDelayMilliseconds = 250;
const maxDelayMilliseconds = 5000;

export interface PatientPool {
  pool: pg.Pool;
  /** Nothing waits for the database any longer. */
  giveUp: () => void;
  end: () => Promise<void>;
}

/**
 * A pool for graphile-worker, whose connections and queries wait for a database that is away. graphile-worker 0.16
 * leaves a promise without a handler when its schedule meets an error, which would end the process, and a worker that
 * cannot report a job as done stops for good.
 */
export function patientPool(connectionString: string, max: number): PatientPool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: "praxis-identity jobs",
    connectionTimeoutMillis: 2000,
    statement_timeout: 60_000,
    // What another instance holds when it is cut off must not keep this one's jobs from running.
    idle_in_transaction_session_timeout: 5000,
  });
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection of the jobs was lost"));
  const leaving = new AbortController();
  const patient = new Proxy(pool, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        const ask = (): unknown => Reflect.apply(member, target, args);
        // With a callback it is the listener for new jobs, which tries again by itself.
        const waits = (name === "connect" || name === "query") && typeof args.at(-1) !== "function";
        if (!waits) return ask();
        return untilAnswered(ask, leaving.signal).catch((error: unknown) => {
          // Only the schedule queries the pool itself, and while it stops it looks at no answer.
          if (name === "query" && leaving.signal.aborted) return { rows: [] };
          throw error;
        });
      };
    },
  });
  return { pool: patient, giveUp: () => leaving.abort(), end: () => pool.end() };
}

async function untilAnswered(ask: () => unknown, leaving: AbortSignal): Promise<unknown> {
  for (let delay = firstDelayMilliseconds; ; delay = Math.min(2 * delay, maxDelayMilliseconds)) {
    try {
      return await ask();
    } catch (error) {
      if (leaving.aborted) throw error;
      log.warn({ err: error }, "the jobs wait for the database");
      await pause(delay, leaving);
    }
  }
}

/** Resolves after a while, or at once when there is no more reason to wait. */
export function pause(milliseconds: number, leaving: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (leaving.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      leaving.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    leaving.addEventListener("abort", done);
  });
}
