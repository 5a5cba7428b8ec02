/** The looks that text inputs, text areas and select triggers share. 16 px on phones, or iOS zooms in on focus. */
export const controlStyle =
  "w-full rounded-md border border-control bg-surface px-2.5 text-foreground shadow-control transition-colors placeholder:text-placeholder hover:not-disabled:border-muted focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-1 disabled:bg-subtle disabled:text-muted data-invalid:border-danger aria-invalid:border-danger text-sm max-sm:text-lg";
