/**
 * The document's title, from the page itself: Next's metadata comes after the page, which is without a title meanwhile
 * (WCAG 2.4.2). A skeleton's title is left out of the page's HTML, so it stands beside what is loaded, not within.
 */
export function PageTitle({ parts }: { parts: readonly string[] }) {
  return <title>{[...parts, "Praxis Identity"].join(" · ")}</title>;
}
