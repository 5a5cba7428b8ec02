import type { SessionView } from "@/lib/sessions/schema";

/** What a session is called: "Chrome 142 on macOS". */
export function sessionName({ browser, system }: Pick<SessionView, "browser" | "system">): string {
  const name = browser ?? "Unknown browser";
  return system === null ? name : `${name} on ${system}`;
}
