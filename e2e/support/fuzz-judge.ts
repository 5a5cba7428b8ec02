import type { WireAnswer, WireOutcome } from "./fuzz-wire";

/**
 * Says what is wrong with an answer to bad input. It knows the contract, and nothing of the program: what must be refused
 * follows from how a case was made and from the credentials that the test itself gave out.
 */

/** What a case demands beyond what every case does. */
export interface Demand {
  /** The statuses that refuse it rightly; null where it may be good input after all. */
  refusedWith: readonly number[] | null;
  /** The field that a 400 must name. */
  names?: string | undefined;
  /** Whether a parser may refuse it before the program sees it, without a body, or end the connection. */
  parserMayRefuse: boolean;
  /** Whether it goes to the API, whose every error is a problem; pages answer in HTML. */
  isApi: boolean;
}

export interface JudgedCase extends Demand {
  /** The headers as they are sent, one by one. */
  headers: readonly (readonly [name: string, value: string])[];
  method: string;
}

/** What the test gave out, and what nobody here may see. */
export interface Known {
  secrets: ReadonlySet<string>;
  sessionCookies: ReadonlySet<string>;
  /** A text that stands only in rows of other tenants. */
  foreignText: string;
}

/** What node's parser answers by itself, without a body. */
const parserStatuses: readonly number[] = [400, 408, 413, 417, 431];

const codesByStatus: Readonly<Record<number, readonly string[]>> = {
  400: ["invalid_request"],
  401: ["unauthorized"],
  403: [
    ...["insufficient_scope", "context_mismatch", "context_required", "plan_required", "address_not_allowed"],
    ...["forbidden", "reauthentication_required"],
  ],
  404: ["not_found"],
  405: ["method_not_allowed"],
  409: ["conflict"],
  413: ["payload_too_large"],
  415: ["unsupported_media_type"],
  429: ["rate_limited"],
};

/** Every flaw of what came back; none means that it is right. */
export function flawsOf(demand: JudgedCase, outcome: WireOutcome, known: Known): string[] {
  const { answers, rest, ending } = outcome;
  if (ending === "silence") return ["there was no whole answer in time"];
  if (answers.length === 0)
    return demand.parserMayRefuse && rest === ""
      ? []
      : [`the connection ended without an answer: ${rest.slice(0, 80)}`];
  const flaws = answers.flatMap((answer) => flawsOfAnswer(demand, answer, known));
  // More answers than requests is how smuggled requests show; but an answer may come before the parser stumbles.
  const further = answers.slice(1);
  if (further.length > 0 && !(demand.parserMayRefuse && further.every(isOfParser)))
    flaws.push(`there were ${answers.length} answers to one request`);
  if (rest !== "") flaws.push(`something follows the answer: ${rest.slice(0, 80)}`);
  return flaws;
}

/** Whether credentials that the test gave out stand where they count, exactly once. */
export function isAuthenticated(headers: JudgedCase["headers"], known: Known): boolean {
  const valuesOf = (wanted: string) =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const authorizations = valuesOf("authorization");
  if (authorizations.length > 0) {
    const [, secret = ""] = /^[ \t]*bearer +([^\s,]+)[ \t]*$/i.exec(authorizations[0] ?? "") ?? [];
    return authorizations.length === 1 && known.secrets.has(secret);
  }
  const pairs = valuesOf("cookie").flatMap((value) => value.split(";"));
  return pairs.some((pair) => known.sessionCookies.has(pair.trim()));
}

function flawsOfAnswer(demand: JudgedCase, answer: WireAnswer, known: Known): string[] {
  const { status, body } = answer;
  const flaws: string[] = [];
  const isGood = status >= 200 && status < 300;
  // OPTIONS tells the methods, which the document tells everyone, and nothing else.
  const tellsMethodsOnly = demand.method === "OPTIONS" && body === "";
  if (status >= 500) flaws.push(`it is a fault of the server: ${status}`);
  if (isGood && demand.isApi && !tellsMethodsOnly && !isAuthenticated(demand.headers, known))
    flaws.push(`${status} without a credential`);
  if (body.includes(known.foreignText)) flaws.push("it shows what belongs to another tenant");
  const byParser = isOfParser(answer) && demand.parserMayRefuse;
  if (demand.refusedWith !== null && !demand.refusedWith.includes(status) && !byParser)
    flaws.push(`${status} instead of ${demand.refusedWith.join(" or ")}`);
  if (status >= 400 && status < 500 && demand.isApi && !byParser) flaws.push(...flawsOfProblem(demand, answer));
  return flaws;
}

/** A refusal of node's own: no body, no type, and the connection ends. */
function isOfParser({ status, body, headers }: WireAnswer): boolean {
  return parserStatuses.includes(status) && body === "" && !headers.has("content-type");
}

function flawsOfProblem(demand: JudgedCase, { status, headers, body }: WireAnswer): string[] {
  const flaws: string[] = [];
  const demandThat = (isSo: boolean, flaw: string) => {
    if (!isSo) flaws.push(`${status}: ${flaw}`);
  };
  const correlationId = headers.get("x-correlation-id") ?? "";
  demandThat(/^[0-9a-f]{32}$/.test(correlationId), `x-correlation-id is ${JSON.stringify(correlationId)}`);
  demandThat(/^application\/problem\+json\b/.test(headers.get("content-type") ?? ""), "its type is not a problem's");
  demandThat(headers.get("cache-control") === "no-store", "it may be kept");
  if (status === 401)
    demandThat(/^(Bearer|Signature) realm="praxis"/.test(headers.get("www-authenticate") ?? ""), "no challenge");
  if (status === 405) demandThat(/^[A-Z, ]+$/.test(headers.get("allow") ?? ""), "no Allow");
  if (status === 429) demandThat(/^\d+$/.test(headers.get("retry-after") ?? ""), "no Retry-After");
  if (demand.method === "HEAD") return flaws;
  const problem = parsed(body);
  demandThat(problem.status === status, `its body says status ${problem.status}`);
  demandThat(codesByStatus[status]?.includes(String(problem.error)) ?? false, `its code is ${problem.error}`);
  demandThat(typeof problem.title === "string" && typeof problem.type === "string", "no title or type");
  demandThat(typeof problem.message === "string" && problem.message !== "", "no message");
  demandThat(problem.correlationId === correlationId, "its body has another correlation id");
  if (status === 400) flaws.push(...flawsOfIssues(problem.issues, demand.names));
  return flaws;
}

function flawsOfIssues(issues: unknown, names: string | undefined): string[] {
  if (!Array.isArray(issues) || issues.length === 0) return ["400: no issues"];
  const isIssue = (issue: unknown) =>
    typeof Object(issue).path === "string" && typeof Object(issue).message === "string";
  if (!issues.every(isIssue)) return ["400: issues without path or message"];
  const isNamed = names === undefined || issues.some((issue) => Object(issue).path === names);
  return isNamed ? [] : [`400: it does not name ${names}, but ${JSON.stringify(issues).slice(0, 200)}`];
}

function parsed(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}
