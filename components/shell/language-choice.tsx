"use client";

import { useRouter } from "next/navigation";
import { useText } from "#text";
import { MenuRadio } from "@/components/ui/menu";
import { type Language, languageCookie, languageNames, languages } from "@/lib/text/languages";

const yearSeconds = 365 * 24 * 60 * 60;

/** Chooses the language of the pages, in this browser. */
export function LanguageChoice() {
  const text = useText();
  const router = useRouter();
  return (
    <MenuRadio<Language>
      label={text("Language")}
      value={text.language}
      onValueChange={(language) => {
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support.
        document.cookie = `${languageCookie}=${language}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
        router.refresh();
      }}
      options={languages.map((language) => ({ value: language, label: languageNames[language] }))}
    />
  );
}
