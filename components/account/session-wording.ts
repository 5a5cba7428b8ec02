import type { SessionView } from "@/lib/sessions/schema";
import type { Text } from "@/lib/text/text";

/** What a session is called: "Chrome 142 on macOS". */
export function sessionName({ browser, system }: Pick<SessionView, "browser" | "system">, text: Text): string {
  const name = browser ?? text("Unknown browser");
  return system === null ? name : text("{browser} on {system}", { browser: name, system });
}
