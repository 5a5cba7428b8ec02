/** A native radio button drawn with the design's tokens. */
export const radioStyle =
  "size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-control bg-surface transition-colors checked:border-[5px] checked:border-accent aria-disabled:cursor-not-allowed aria-disabled:bg-hover";
