/** The languages that the pages speak. The API speaks English. */
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/** Each in its own words, so that whoever needs it can read it. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

/** How each writes dates, numbers and lists, as `Intl` names it. */
export const locales: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

/** The cookie that holds a chosen language. */
export const languageCookie = "praxis-language";

/** The chosen language, or else the first that the browser asks for (RFC 9110, 12.5.4) and that there is. */
export function languageOf(chosen: string | undefined, acceptLanguage: string | null): Language {
  return find(chosen) ?? asked(acceptLanguage ?? "").find((tag) => tag !== undefined) ?? "en";
}

function asked(acceptLanguage: string) {
  return acceptLanguage
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith("q="));
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => find(tag.split("-")[0]));
}

function find(tag: string | undefined): Language | undefined {
  return languages.find((language) => language === tag);
}
