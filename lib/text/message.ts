/** Marks a message that stands apart from where it is shown, such as a label in a table: `text.known` shows it. */
export function message(english: string): string {
  return english;
}
