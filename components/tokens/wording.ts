import { allScopes, type Resource, resources, type Scope } from "@/lib/access/scopes";

/** "1 scope", "3 scopes", "10,000 tokens". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

interface Access {
  scopes: readonly Scope[];
  /** Chosen datasets and pipelines; 0 for no limit. */
  datasetCount: number;
  pipelineCount: number;
}

const nouns: Readonly<Record<Resource, string>> = {
  pipeline: "pipelines",
  collector: "collectors",
  metrics: "metrics",
  alerts: "alerts",
  knowledge: "knowledge articles",
  tenant: "tenant settings",
  token: "API tokens",
  user: "users",
  organization: "the organization",
  audit: "the audit log",
};

/** What a token may do, in plain words: "read pipelines and write metrics to 2 datasets". Empty for no scopes. */
export function describeAccess({ scopes, datasetCount, pipelineCount }: Access): string {
  const held = new Set(scopes);
  const limited = datasetCount > 0 || pipelineCount > 0;
  if (!limited && allScopes.every((scope) => held.has(scope))) return "do everything this deployment exposes";

  const groups: Record<"read and write" | "read" | "write", string[]> = { "read and write": [], read: [], write: [] };
  for (const entry of resources) {
    const actions = entry.scopes.filter(({ scope }) => held.has(scope)).map(({ action }) => action);
    if (actions.length === 0) continue;
    const verb = actions.length === 2 ? "read and write" : actions[0] === "write" ? "write" : "read";
    groups[verb].push(nounPhrase(entry.resource, verb === "write", datasetCount, pipelineCount));
  }
  const phrases = (["read and write", "read", "write"] as const)
    .filter((verb) => groups[verb].length > 0)
    .map((verb) => `${verb} ${listed(groups[verb])}`);
  return phrases.length === 2 && groups["read and write"].length > 0 ? phrases.join(", and ") : listed(phrases);
}

function nounPhrase(resource: Resource, writesOnly: boolean, datasetCount: number, pipelineCount: number): string {
  if (resource === "metrics" && datasetCount > 0)
    return `metrics ${writesOnly ? "to" : "in"} ${counted(datasetCount, "dataset")}`;
  if (resource === "pipeline" && pipelineCount > 0) return counted(pipelineCount, "pipeline");
  return nouns[resource];
}
