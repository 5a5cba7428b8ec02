import type { PathOperations } from "@/lib/operation";

export interface FoundPath {
  /** As in the table: `/v1/alerts/{id}`. */
  pattern: string;
  operations: PathOperations;
  /** What stands for `{id}` in the path, if anything does. */
  id: string | undefined;
}

/** Finds the operations of a path among patterns such as `/v1/alerts/{id}/resolve`; null when there are none. */
export function pathFinder(table: Readonly<Record<string, PathOperations>>): (path: string) => FoundPath | null {
  const fixed = new Map(Object.entries(table).filter(([pattern]) => !pattern.includes("{id}")));
  const patterns = Object.entries(table)
    .filter(([pattern]) => pattern.includes("{id}"))
    .map(([pattern, operations]) => ({ pattern, segments: pattern.split("/"), operations }));
  return (path) => {
    const operations = fixed.get(path);
    if (operations) return { pattern: path, operations, id: undefined };
    const segments = path.split("/");
    const found = patterns.find(
      (candidate) =>
        candidate.segments.length === segments.length &&
        candidate.segments.every((segment, index) => segment === "{id}" || segment === segments[index]),
    );
    if (!found) return null;
    const { pattern, operations: ofPattern } = found;
    return { pattern, operations: ofPattern, id: segments[found.segments.indexOf("{id}")] };
  };
}
