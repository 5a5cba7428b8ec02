import { noticeTexts, noticeTypes } from "@/lib/notices/schema";
import type { Text } from "@/lib/text/text";

/** "Expiring", for what receivers know as token.expiring. */
export function eventLabel(event: string, text: Text): string {
  const type = noticeTypes.find((known) => known === event);
  return type ? text.known(noticeTexts[type].label) : event === "webhook.test" ? text("Test") : event;
}

/** "hooks.example.com", for sentences. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
