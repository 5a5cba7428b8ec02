import "server-only";
import { cookies, headers } from "next/headers";
import { cache, use } from "react";
import german from "./de.json";
import { type Language, languageCookie, languageOf } from "./languages";
import { createText, type Text } from "./text";

const texts: Readonly<Record<Language, Text>> = { en: createText("en"), de: createText("de", german) };

/** The words of the pages in the language of this request's reader. */
export const requestText = cache(async (): Promise<Text> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return texts[languageOf(jar.get(languageCookie)?.value, head.get("accept-language"))];
});

/** The same for components that are not async; in the browser `#text` means client.tsx. */
export function useText(): Text {
  return use(requestText());
}
