import type { ActionResult } from "@/lib/gates/action";

/** Puts a conflict at the field it is about: a form with a name alone has no other that could conflict. */
export function atName<T>(result: ActionResult<T>): ActionResult<T> {
  return result.ok || result.code !== "conflict"
    ? result
    : { ...result, issues: [{ path: "name", message: result.message }] };
}
