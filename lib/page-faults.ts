/**
 * Which pages could not be made for want of the database, by the nonce of their answer: told where Next reports a page's
 * error, asked where its answer leaves.
 */

// server.ts and Next's bundle each load this module.
const shared: typeof globalThis & { praxisUndecidedPages?: Set<string> } = globalThis;
shared.praxisUndecidedPages ??= new Set();
const undecided = shared.praxisUndecidedPages;

/** Notes that the page of this nonce is not to be had now. */
export function noteUndecidedPage(nonce: string): void {
  undecided.add(nonce);
}

/** Whether that was noted of the page. */
export function isUndecidedPage(nonce: string): boolean {
  return undecided.has(nonce);
}

/** To be called when the answer is over. */
export function forgetPage(nonce: string): void {
  undecided.delete(nonce);
}
