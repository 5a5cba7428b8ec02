import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import { permissionSets } from "@/lib/access/permission-sets";
import { plans } from "@/lib/access/plans";
import { roles } from "@/lib/access/roles";
import { resources } from "@/lib/access/scopes";
import file from "./de.json";
import { findingsOf, spokenFiles } from "./sources";
import type { Messages } from "./text";

const german: Messages = file;
const found = spokenFiles().map((path) => findingsOf(path));
const messages = found.flatMap((file) => file.messages);

describe("the words of the pages", () => {
  test("all go through `text`, so that another language is a file", () => {
    expect(found.flatMap(({ bare }) => bare)).toEqual([]);
  });

  test("are given the values that they name, and no others", () => {
    const wrong = messages.flatMap(({ place, message, values }) => {
      // A message without values is shown as it is written.
      if (values === null || (values.length === 0 && !message.includes("{"))) return [];
      const named = new Set(argumentsOf(message).map(({ name }) => name));
      const agrees = named.size === values.length && values.every((value) => named.has(value));
      return agrees ? [] : [`${place} ${message}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe("German", () => {
  test("has every message", () => {
    const missing = messages.flatMap(({ place, message }) => (message in german ? [] : [`${place} ${message}`]));
    expect(missing).toEqual([]);
  });

  test("has the labels of scopes, permission sets, roles and plans", () => {
    const labels = [
      ...resources.flatMap(({ label, scopes }) => [
        label,
        ...scopes.flatMap((scope) => [scope.label, scope.description]),
      ]),
      ...permissionSets.flatMap(({ label, description }) => [label, description]),
      ...Object.values(roles).flatMap(({ label, description }) => [label, description]),
      ...Object.values(plans).map(({ label }) => label),
    ];
    expect(labels.filter((label) => !(label in german))).toEqual([]);
  });

  test("names the same values and tags as the English, so that none is lost", () => {
    const wrong = Object.entries(german).filter(([english, translated]) => {
      const used = messages.filter(({ message }) => message === english);
      if (used.length > 0 && used.every(({ values }) => values?.length === 0)) return false;
      return JSON.stringify(signature(english)) !== JSON.stringify(signature(translated));
    });
    expect(wrong).toEqual([]);
  });

  test("has nothing that no page says any more", () => {
    const said = new Set(messages.map(({ message }) => message));
    // What the API and the schemas say, and labels, come as data.
    const data = execFileSync(
      "git",
      ["ls-files", "-co", "--exclude-standard", "lib/*.ts", "lib/**/*.ts", "app/*.ts", "app/**/*.ts"],
      {
        encoding: "utf8",
      },
    )
      .split("\n")
      .filter(
        (path) =>
          path !== "" && !path.startsWith("lib/text/") && !path.includes(".test.") && !path.includes("/generated/"),
      )
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
    const stale = Object.keys(german).filter(
      (message) => !said.has(message) && !data.includes(message.replaceAll('"', '\\"')) && !data.includes(message),
    );
    expect(stale).toEqual([]);
  });
});

interface Argument {
  kind: number;
  name: string;
}

function signature(message: string): Argument[] {
  const all = argumentsOf(message).map((argument) => JSON.stringify(argument));
  return [...new Set(all)].sort().map((text) => JSON.parse(text));
}

/** Every value and tag that a message names, however deep. */
function argumentsOf(message: string): Argument[] {
  return walk(new IntlMessageFormat(message, "en").getAst());

  function walk(elements: ReturnType<IntlMessageFormat["getAst"]>): Argument[] {
    return elements.flatMap((element) => {
      if (element.type === kinds.literal || element.type === kinds.pound) return [];
      const own = { kind: element.type, name: element.value };
      if ("options" in element) return [own, ...Object.values(element.options).flatMap(({ value }) => walk(value))];
      return "children" in element ? [own, ...walk(element.children)] : [own];
    });
  }
}

const kinds = { literal: 0, pound: 7 } as const;
