/** Below this a statement may be asked once in a while, and is not worth what each connection keeps of it. */
const hotFrom = 20;
/** What a connection keeps of each takes some tens of kilobytes of PostgreSQL's memory. */
const maxNamed = 100;
const maxCounted = 1000;

/**
 * Names the statements that are asked again and again, for prepared statements: PostgreSQL parses each once for a
 * connection and plans it a few times, where one without a name (empty) is parsed and planned each time.
 */
export function createStatementNames(): (statement: { sql: string; args: readonly unknown[] }) => string {
  const names = new Map<string, string>();
  let counts = new Map<string, number>();
  return ({ sql, args }) => {
    const name = names.get(sql);
    // Without parameters it is BEGIN, COMMIT and their like, which have no plan.
    if (name !== undefined || args.length === 0 || names.size === maxNamed) return name ?? "";
    const count = (counts.get(sql) ?? 0) + 1;
    if (count < hotFrom) {
      // Lists of many lengths make ever new statements.
      if (counts.size === maxCounted) counts = new Map();
      counts.set(sql, count);
      return "";
    }
    const given = `hot-${names.size}`;
    names.set(sql, given);
    counts.delete(sql);
    return given;
  };
}
