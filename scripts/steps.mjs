const slowMs = 3000;

/**
 * Does one step of a start and says so in one line: a check mark, what was done, and how long it took. A step that
 * answers "up to date" is reported as such.
 * @template T
 * @param {string} label
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const start = performance.now();
  const announcement = setTimeout(() => process.stdout.write(`… ${label}\n`), slowMs);
  try {
    const result = await work();
    const took = result === "up to date" ? result : duration(performance.now() - start);
    process.stdout.write(`✓ ${label} ${grey(`(${took})`)}\n`);
    return result;
  } finally {
    clearTimeout(announcement);
  }
}

/**
 * A line for the operator between steps.
 * @param {string} text
 */
export function note(text) {
  process.stdout.write(`• ${text}\n`);
}

/**
 * Ends the process with a message and no stack.
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  process.stderr.write(`\n✗ ${message}\n`);
  process.exit(1);
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 90_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** @param {string} text */
export function grey(text) {
  return paint(text, "2");
}

/** @param {string} text */
export function bold(text) {
  return paint(text, "1");
}

/**
 * @param {string} text
 * @param {string} code
 */
function paint(text, code) {
  return process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
}
