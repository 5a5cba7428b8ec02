import { z } from "zod";
import { pool } from "@/lib/db/pool";

/** A statement as it was sent. */
export interface Statement {
  text: string;
  values: readonly unknown[];
}

/** Watches the statements that the process sends, over every connection that the pool opens from here on. */
export async function watchStatements(): Promise<{
  /** Does something, and tells which statements were sent meanwhile. */
  during: <T>(work: () => Promise<T>) => Promise<{ result: T; statements: Statement[] }>;
}> {
  let statements: Statement[] = [];
  pool.on("connect", (client) => {
    client.query = new Proxy(client.query, {
      apply: (target, self, parameters: unknown[]) => {
        statements.push(statementOf(parameters));
        return Reflect.apply(target, self, parameters);
      },
    });
  });
  // Those that are open are not watched: each from here on is.
  const idle = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()));
  for (const client of idle) client.release(true);
  return {
    async during(work) {
      statements = [];
      const result = await work();
      return { result, statements };
    },
  };
}

const values = z.array(z.unknown());
const query = z.object({ text: z.string(), values: values.optional() });

/** Of the parameters of pg's `query`: a text and its values, or both in an object. */
function statementOf([first, second]: readonly unknown[]): Statement {
  const { text, values: own } = typeof first === "string" ? { text: first } : query.parse(first);
  return { text, values: own ?? values.safeParse(second).data ?? [] };
}
