import { z } from "zod";
import { dayMs } from "@/components/ui/dates";
import { permissionSetIds } from "@/lib/access/permission-sets";
import { expandScopes, type Scope, sortScopes } from "@/lib/access/scopes";
import type { TokenPolicy } from "@/lib/policy/schema";
import { createTokenSchema } from "@/lib/tokens/schema";
import type { CreateLink } from "./create-link-params";
import type { Choices, TokenDraft } from "./token-draft";
import { dayOf, expiryOptions, reasonAgainstExpiry } from "./token-expiry";
import { listed } from "./wording";

/** The draft that a link asks for, and in words what of it had to be left out. */
export function draftOfLink(
  link: CreateLink,
  { policy, ...choices }: Choices & { policy: TokenPolicy },
  now: number,
): { draft: TokenDraft; leftOut: string[] } {
  const leftOut: string[] = [];
  const access = accessOf(link, choices, policy);
  const draft = {
    name: taken(createTokenSchema.shape.name, link.name, "the name"),
    description: taken(createTokenSchema.shape.description.unwrap(), link.description, "the description"),
    ...{ access: access.access, customScopes: access.scopes },
    ...{ datasets: [], pipelines: [], addresses: "" },
    ...expiryOf(link.expires),
  };
  return { draft, leftOut: [...leftOut, ...access.leftOut] };

  function taken(field: z.ZodType<string>, value: string | null, what: string): string {
    if (value === null || value === "") return "";
    const result = field.safeParse(value);
    if (result.success) return result.data;
    leftOut.push(`${what} (${result.error.issues[0]?.message ?? "not valid"})`);
    return "";
  }

  function expiryOf(value: string | null): Pick<TokenDraft, "expiry" | "customDate"> {
    const usual = { expiry: null, customDate: "" };
    if (value === null) return usual;
    const wanted = expirySchema.safeParse(value);
    const reason = wanted.success ? reasonAgainstExpiry(policy, wanted.data) : "Give days, from 1 to 3650, or never";
    if (!wanted.success || reason !== undefined) {
      leftOut.push(`the expiry “${value}” (${reason})`);
      return usual;
    }
    if (expiryOptions(policy).some((option) => option.value === wanted.data)) return { ...usual, expiry: wanted.data };
    return { expiry: "custom", customDate: dayOf(now + Number(wanted.data) * dayMs) };
  }
}

const expirySchema = z.union([
  z.literal("never"),
  z.templateLiteral([z.number()]).refine((days) => /^[1-9]\d{0,3}$/.test(days) && Number(days) <= 3650),
]);
const permissionSetSchema = z.enum(permissionSetIds);
const scopesSchema = z.string().transform((text) => text.split(",").flatMap((scope) => scope.trim() || []));

/** Scopes count more than a permission set, and what the user does not hold is not granted. */
function accessOf(link: CreateLink, { permissionSets, resources }: Choices, policy: TokenPolicy) {
  const usual = permissionSets.find((set) => set.grantable)?.id ?? null;
  if (link.scopes !== null) {
    const asked = [...new Set(scopesSchema.parse(link.scopes))];
    const grantable = new Set(
      resources.flatMap((entry) => entry.scopes.flatMap((option) => (option.grantable ? option.scope : []))),
    );
    const known = asked.map((scope) => ({ scope, expanded: expandScopes([scope]) }));
    const unknown = known.flatMap(({ scope, expanded }) => (expanded.ok ? [] : scope));
    const wanted = sortScopes(known.flatMap(({ expanded }) => (expanded.ok ? expanded.scopes : [])));
    const refused = wanted.filter((scope) => !grantable.has(scope));
    return {
      access: "custom" as const,
      scopes: wanted.filter((scope) => grantable.has(scope)),
      leftOut: [
        ...(unknown.length > 0
          ? [
              `${listed(unknown.map((scope) => `“${scope}”`))}, which ${unknown.length === 1 ? "is no scope" : "are no scopes"}`,
            ]
          : []),
        ...(refused.length > 0 ? [`${listed(refused)}, which you don't hold`] : []),
        ...(link.permissionSet !== null ? ["the permission set, because the link names scopes too"] : []),
      ],
    };
  }
  const scopes: readonly Scope[] = [];
  if (link.permissionSet === null) return { access: usual, scopes, leftOut: [] };
  const id = permissionSetSchema.safeParse(link.permissionSet);
  const set = permissionSets.find((known) => known.id === id.data);
  if (!set) return { access: usual, scopes, leftOut: [`“${link.permissionSet}”, which is no permission set`] };
  if (!set.grantable) return { access: usual, scopes, leftOut: [`“${set.id}”, which holds more than you do`] };
  if (set.id === "full-access" && !policy.fullAccessAllowed)
    return { access: usual, scopes, leftOut: [`“${set.id}”, which the tenant's policy doesn't allow`] };
  return { access: set.id, scopes, leftOut: [] };
}
