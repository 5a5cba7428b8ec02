"use client";

import { useRouter } from "next/navigation";
import { useText } from "#text";
import { MenuRadio } from "@/components/ui/menu";
import { remember } from "@/components/ui/remember";
import { type Language, languageCookie, languageNames, languages } from "@/lib/text/languages";

/** Chooses the language of the pages, in this browser. */
export function LanguageChoice() {
  const text = useText();
  const router = useRouter();
  return (
    <MenuRadio<Language>
      label={text("Language")}
      value={text.language}
      onValueChange={(language) => {
        remember(languageCookie, language);
        router.refresh();
      }}
      options={languages.map((language) => ({ value: language, label: languageNames[language] }))}
    />
  );
}
