import { allScopes, type Resource, resources, type Scope } from "@/lib/access/scopes";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";

interface Access {
  scopes: readonly Scope[];
  /** Chosen datasets and pipelines; 0 for no limit. */
  datasetCount: number;
  pipelineCount: number;
}

const nouns: Readonly<Record<Resource, string>> = {
  pipeline: message("pipelines"),
  collector: message("collectors"),
  metrics: message("metrics"),
  alerts: message("alerts"),
  knowledge: message("knowledge articles"),
  tenant: message("tenant settings"),
  token: message("API tokens"),
  user: message("users"),
  organization: message("the organization"),
  audit: message("the audit log"),
};

/** What a token may do, in plain words: "read pipelines and write metrics to 2 datasets". Empty for no scopes. */
export function describeAccess({ scopes, datasetCount, pipelineCount }: Access, text: Text): string {
  const held = new Set(scopes);
  const limited = datasetCount > 0 || pipelineCount > 0;
  if (!limited && allScopes.every((scope) => held.has(scope))) return text("do everything this deployment exposes");

  const groups: Record<"both" | "read" | "write", string[]> = { both: [], read: [], write: [] };
  for (const entry of resources) {
    const actions = entry.scopes.filter(({ scope }) => held.has(scope)).map(({ action }) => action);
    if (actions.length === 0) continue;
    const group = actions.length === 2 ? "both" : actions[0] === "write" ? "write" : "read";
    groups[group].push(nounPhrase(entry.resource, group === "write", datasetCount, pipelineCount, text));
  }
  const clauses = [
    groups.both.length > 0 && text("read and write {things}", { things: text.list(groups.both) }),
    groups.read.length > 0 && text("read {things}", { things: text.list(groups.read) }),
    groups.write.length > 0 && text("write {things}", { things: text.list(groups.write) }),
  ].filter((clause) => clause !== false);
  const [first = "", second = ""] = clauses;
  return clauses.length === 2 && groups.both.length > 0
    ? text("{first}, and {second}", { first, second })
    : text.list(clauses);
}

function nounPhrase(
  resource: Resource,
  writesOnly: boolean,
  datasetCount: number,
  pipelineCount: number,
  text: Text,
): string {
  if (resource === "metrics" && datasetCount > 0)
    return writesOnly
      ? text("metrics to {count, plural, one {# dataset} other {# datasets}}", { count: datasetCount })
      : text("metrics in {count, plural, one {# dataset} other {# datasets}}", { count: datasetCount });
  if (resource === "pipeline" && pipelineCount > 0)
    return text("{count, plural, one {# pipeline} other {# pipelines}}", { count: pipelineCount });
  return text.known(nouns[resource]);
}
