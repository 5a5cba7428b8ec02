import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseAst } from "rolldown/parseAst";

// What the tests of the words know about the sources: which messages they hold, and what they say past `text`.

/** A message where it stands, with the names of the values it is given; null where they are not written out. */
export interface FoundMessage {
  place: string;
  message: string;
  values: readonly string[] | null;
}

export interface Findings {
  messages: FoundMessage[];
  /** Words for the reader that do not go through `text`. */
  bare: string[];
}

interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

/** Attributes and properties whose value is for the reader. */
const spoken =
  /^(label|title|placeholder|aria-label|ariaLabel|alt|description|hint|text|summary|prefix|noun|what|lost|heading|warning|noMatch|[a-z]*(Label|Title|Text|Hint|Reason|Description|Notice))$/;
/** Attributes that are never for the reader. */
const unspoken =
  /^(className|href|src|id|key|type|role|name|value|variant|size|tone|side|align|kind|rel|target|method|d|viewBox|data-.*|aria-(?!label$|roledescription$|valuetext$).*|style|path|.*Class(Name)?|language|code|format)$/;

/** The files whose words are for readers of the pages. */
export function spokenFiles(): string[] {
  return execFileSync("find", ["app", "components", "-name", "*.ts", "-o", "-name", "*.tsx"], { encoding: "utf8" })
    .split("\n")
    .filter((path) => path !== "" && !path.includes(".test.") && !path.endsWith("/route.ts"))
    .filter((path) => !path.startsWith("components/docs/") && !path.startsWith("app/docs/"))
    .sort();
}

/** What one file says. */
export function findingsOf(path: string, source = readFileSync(path, "utf8")): Findings {
  const findings: Findings = { messages: [], bare: [] };
  const lineOf = (node: Node) => source.slice(0, node.start).split("\n").length;
  const place = (node: Node) => `${path}:${lineOf(node)}`;
  const program: unknown = parseAst(source, { lang: path.endsWith("x") ? "tsx" : "ts" });
  if (isNode(program)) visit(program, null);
  return findings;

  function visit(node: Node, spokenBy: string | null): void {
    if (node.type === "CallExpression" && isText(node)) {
      takeMessage(node);
      return;
    }
    if (node.type === "JSXText" && isWords(stringOf(node.value)))
      findings.bare.push(`${place(node)} ${stringOf(node.value).trim()}`);
    if (
      node.type === "ImportDeclaration" ||
      (node.type.startsWith("TS") && !/^TS(As|Satisfies|NonNull)Expression$/.test(node.type))
    )
      return;
    if (node.type === "Literal" && spokenBy === null && isSentence(stringOf(node.value)))
      findings.bare.push(`${place(node)} ${stringOf(node.value)}`);
    if (node.type === "TemplateLiteral" && spokenBy === null && isSentence(quasisOf(node).join("…")))
      findings.bare.push(`${place(node)} ${quasisOf(node).join("…")}`);
    if (node.type === "Literal" && spokenBy !== null && isWords(stringOf(node.value)))
      findings.bare.push(`${place(node)} ${spokenBy}: ${stringOf(node.value)}`);
    if (node.type === "TemplateLiteral" && spokenBy !== null && quasisOf(node).some(isWords))
      findings.bare.push(`${place(node)} ${spokenBy}: ${quasisOf(node).join("…")}`);
    if (node.type === "ThrowStatement") return;
    for (const child of childrenOf(node)) visit(child, spokenThrough(node, child, spokenBy));
  }

  /** What makes a value spoken: an attribute or property of that name, or being the child of an element. */
  function spokenThrough(node: Node, child: Node, spokenBy: string | null): string | null {
    if (node.type === "JSXAttribute") {
      const name = nameOf(node.name);
      if (child === node.name || unspoken.test(name)) return null;
      return spoken.test(name) ? name : null;
    }
    if (node.type === "Property") {
      const name = nameOf(node.key);
      if (child === node.key) return null;
      return spoken.test(name) ? name : null;
    }
    if (node.type === "JSXExpressionContainer") return spokenBy ?? "{}";
    if (node.type === "JSXElement" || node.type === "JSXFragment")
      return child.type === "JSXExpressionContainer" ? "{}" : null;
    // A choice says one of its branches, never its question.
    if (node.type === "ConditionalExpression") return child === node.test ? null : spokenBy;
    if (node.type === "LogicalExpression") return child === node.left && node.operator === "&&" ? null : spokenBy;
    if (node.type === "TemplateLiteral") return null;
    if (node.type === "CallExpression" && isToast(node)) return child === node.callee ? null : "toast";
    return null;
  }

  function takeMessage(node: Node): void {
    const [first, second] = nodesOf(node.arguments);
    const called = calleeOf(node);
    if (called === "text.known" || called === "text.list" || called === "text.number") {
      for (const child of childrenOf(node)) visit(child, null);
      return;
    }
    if (first?.type !== "Literal" || typeof first.value !== "string") {
      findings.bare.push(`${place(node)} ${called}(…): give the message as a literal`);
      return;
    }
    findings.messages.push({ place: place(node), message: first.value, values: valuesOf(second) });
    if (second) visit(second, null);
  }
}

function isText(node: Node): boolean {
  return ["text", "text.rich", "text.known", "text.list", "text.number", "message"].includes(calleeOf(node));
}

function isToast(node: Node): boolean {
  return /^toast(\.\w+)?$/.test(calleeOf(node));
}

function calleeOf(node: Node): string {
  const { callee } = node;
  const object = fieldOf(callee, "object");
  return object === undefined ? nameOf(callee) : `${nameOf(object)}.${nameOf(fieldOf(callee, "property"))}`;
}

function valuesOf(node: Node | undefined): string[] | null {
  if (node === undefined) return [];
  if (node.type !== "ObjectExpression") return null;
  const properties = nodesOf(node.properties);
  if (properties.some(({ type }) => type !== "Property")) return null;
  return properties.map(({ key }) => nameOf(key));
}

/** Words, rather than a mark, a code or a brand. */
function isWords(value: string): boolean {
  const words = value.replaceAll(/Praxis( Identity)?|CSV|NDJSON|UTC|https?:\S+/g, "").trim();
  return /\p{L}{2,}/u.test(words) && !/^[a-z0-9_.:/#-]+$/.test(words);
}

/** Written for people, wherever it stands: it begins with a capital and has more than one word. */
function isSentence(value: string): boolean {
  return /^\p{Lu}[\p{Ll}’']* \p{L}/u.test(value) && isWords(value);
}

function quasisOf(node: Node): string[] {
  return nodesOf(node.quasis).map(({ value }) => stringOf(fieldOf(value, "raw")));
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap(nodesOf);
}

function nodesOf(value: unknown): Node[] {
  return [value].flat().filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof fieldOf(value, "type") === "string" && typeof fieldOf(value, "start") === "number";
}

function nameOf(value: unknown): string {
  return stringOf(fieldOf(value, "name")) || stringOf(fieldOf(value, "value"));
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
}

function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
