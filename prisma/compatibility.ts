/**
 * What in a migration the release before it could not live with, as one line each. During a deploy both run on one
 * database: a release adds what the next one needs (expand), and takes away only what none that may still run uses
 * (contract). A header in the migration, `-- Compatible: …`, says how both live with what would be refused.
 */
export function incompatibilities(sql: string): string[] {
  if (/^-- Compatible: \S.{20,}/m.test(sql)) return [];
  const statements = code(sql).split(";");
  const created = new Set(
    statements.flatMap(
      (statement) => /\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([^\s(]+)/i.exec(statement)?.[1] ?? [],
    ),
  );
  return statements
    .filter((statement) => !created.has(tableOf(statement) ?? ""))
    .flatMap((statement) => statement.split(/,(?=\s*(?:ADD|ALTER|DROP|RENAME|VALIDATE)\b)/i))
    .flatMap((clause) =>
      rules.filter(({ matches }) => matches(clause)).map(({ problem }) => `${problem}: ${clause.trim().slice(0, 80)}`),
    );
}

/** The table that a statement is about. Nobody else knows one that this very migration makes. */
function tableOf(statement: string): string | undefined {
  return /\bALTER\s+TABLE\s+(?:ONLY\s+)?([^\s(]+)|\bINDEX\b[^(]*\sON\s+([^\s(]+)/i
    .exec(statement)
    ?.slice(1)
    .find(Boolean);
}

/** Without comments, texts and the bodies of functions. */
function code(sql: string): string {
  return sql
    .replace(/(\$\w*\$)[\s\S]*?\1/g, "''")
    .replace(/--.*$/gm, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/'(?:[^']|'')*'/g, "''");
}

const rules: readonly { matches: (clause: string) => boolean; problem: string }[] = [
  when(/\bDROP\s+(TABLE|COLUMN|TYPE|VIEW|SCHEMA|FUNCTION|TRIGGER)\b/i, "drops what the release before may use"),
  when(/\bDROP\s+DEFAULT\b/i, "drops a default that the release before may rely on"),
  when(/\bRENAME\b/i, "renames what the release before may use"),
  when(/\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b/i, "changes the type of a column"),
  when(/\bSET\s+NOT\s+NULL\b/i, "requires a column that the release before may leave out"),
  {
    matches: (clause) =>
      /\bADD\s+(?!CONSTRAINT\b|VALUE\b)/i.test(clause) &&
      /\bNOT\s+NULL\b/i.test(clause) &&
      !/\bDEFAULT\b/i.test(clause),
    problem: "adds a required column without a default",
  },
  {
    matches: (clause) => /\bADD\s+CONSTRAINT\b/i.test(clause) && !/\bNOT\s+VALID\b/i.test(clause),
    problem: "reads the whole table under a lock, and the release before may break the rule",
  },
  when(/\bCREATE\s+UNIQUE\s+INDEX\b/i, "forbids what the release before may write"),
  when(/\bCREATE\s+INDEX\b/i, "keeps writers waiting until the index is built"),
  when(/\bALTER\s+TYPE\b[\s\S]*\bADD\s+VALUE\b/i, "adds a value that the release before cannot read"),
  when(/\b(TRUNCATE|DELETE\s+FROM|UPDATE\s+\S+\s+SET)\b/i, "changes rows that are in use"),
  when(/\bLOCK\s+TABLE\b/i, "keeps everyone waiting"),
];

function when(pattern: RegExp, problem: string) {
  return { matches: (clause: string) => pattern.test(clause), problem };
}
