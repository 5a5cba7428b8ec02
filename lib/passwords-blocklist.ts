import "server-only";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { invalidRequest } from "@/lib/errors";

// Fewer guesses than an attacker at a throttled sign-in has patience for (zxcvbn's score 3).
const fewestGuesses = 1e8;
/** How much of a password has to be more than names that anyone can look up. */
const fewestOwnCharacters = 8;
const shortestName = 3;
const serviceNames = ["praxis", "identity"];

let estimator: ZxcvbnFactory | undefined;

/**
 * Refuses a password that is common, or made of a common one, of repetition or of rows of keys, and one made of the names
 * of the service, the user or their organization (NIST SP 800-63B-4 §3.1.1.2). Throws 400 naming the field, and why.
 */
export function requireUncommonPassword(password: string, { path, names }: { path: string; names: readonly string[] }) {
  const message = reasonAgainst(password, names);
  if (message !== null) throw invalidRequest([{ path, message }]);
}

function reasonAgainst(password: string, names: readonly string[]): string | null {
  const text = password.normalize("NFKC").toLowerCase();
  const words = [...serviceNames, ...names.flatMap(wordsOf)].sort((one, other) => other.length - one.length);
  const rest = words.reduce((left, word) => left.replaceAll(word, ""), text).replaceAll(/[^\p{L}\p{N}]/gu, "");
  if (words.some((word) => text.includes(word)) && rest.length < fewestOwnCharacters)
    return "This is made of your name, your organization's or this service's: others would try it first. Choose unrelated words";
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const { guesses, sequence } = estimator.check(text, words);
  if (guesses >= fewestGuesses) return null;
  if (sequence.some(({ pattern }) => pattern === "repeat"))
    return "This repeats itself, so it is as easy to guess as its shortest part. Choose several unrelated words";
  return "This is among the passwords that many people use, or close to one. Choose several unrelated words";
}

/** The words of a name or an e-mail address. */
function wordsOf(name: string): string[] {
  const words = name
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word.length >= shortestName);
}
