import { IntlMessageFormat } from "intl-messageformat";
import { Children, type ReactNode } from "react";
import { type Language, locales } from "./languages";

/** Messages in one language by their English. */
export type Messages = Readonly<Record<string, string>>;

type Value = string | number;
type RichValue = ReactNode | ((content: ReactNode) => ReactNode);

/** The words of the pages in one language. */
export interface Text {
  /**
   * A message, given in English and as ICU MessageFormat writes it: "{count, plural, one {# token} other {# tokens}}".
   * Every message stands as a literal where it is used; another language is a file of the same messages.
   */
  (message: string, values?: Readonly<Record<string, Value>>): string;
  /** A message around elements: "See <link>the guide</link>", with what each tag becomes. */
  rich(message: string, values: Readonly<Record<string, RichValue>>): ReactNode;
  /** Words that come as data, such as a label or an error of the API: as they are, where they are not known. */
  known(message: string): string;
  /** "a, b and c". */
  list(parts: readonly string[]): string;
  /** "10,000". */
  number(value: number, options?: Intl.NumberFormatOptions): string;
  language: Language;
  /** What `Intl` calls it. */
  locale: string;
}

/** The words in a language whose messages are given; English needs none. */
export function createText(language: Language, messages: Messages = {}): Text {
  const locale = locales[language];
  const formats = new Map<string, IntlMessageFormat>();
  const conjunction = new Intl.ListFormat(locale, { type: "conjunction" });

  function formatOf(message: string): IntlMessageFormat {
    const known = formats.get(message);
    if (known) return known;
    const format = new IntlMessageFormat(messages[message] ?? message, locale);
    formats.set(message, format);
    return format;
  }

  const plain = (message: string, values?: Readonly<Record<string, Value>>) =>
    values === undefined ? (messages[message] ?? message) : String(formatOf(message).format(values));

  return Object.assign(plain, {
    rich: (message: string, values: Readonly<Record<string, RichValue>>): ReactNode =>
      // Its parts get keys here, so that those who write messages need not think of them.
      Children.toArray(
        formatOf(message).format<ReactNode>(
          Object.fromEntries(
            Object.entries(values).map(([name, value]) => [
              name,
              typeof value === "function" ? (parts: ReactNode[]) => value(Children.toArray(parts)) : value,
            ]),
          ),
        ),
      ),
    known: (message: string) => messages[message] ?? message,
    list: (parts: readonly string[]) => conjunction.format(parts),
    number: (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options).format(value),
    language,
    locale,
  });
}
