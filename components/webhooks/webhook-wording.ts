import { noticeTexts, noticeTypes } from "@/lib/notices/schema";

/** "Expiring", for what receivers know as token.expiring. */
export function eventLabel(event: string): string {
  const type = noticeTypes.find((known) => known === event);
  return type ? noticeTexts[type].label : event === "webhook.test" ? "Test" : event;
}

/** "hooks.example.com", for sentences. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
