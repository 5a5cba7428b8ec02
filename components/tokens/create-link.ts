import { z } from "zod";
import { dayMs } from "@/components/ui/dates";
import { permissionSetIds } from "@/lib/access/permission-sets";
import { expandScopes, type Scope, sortScopes } from "@/lib/access/scopes";
import type { TokenPolicy } from "@/lib/policy/schema";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";
import { createTokenSchema } from "@/lib/tokens/schema";
import type { CreateLink } from "./create-link-params";
import type { Choices, TokenDraft } from "./token-draft";
import { dayOf, expiryOptions, reasonAgainstExpiry } from "./token-expiry";

/** The draft that a link asks for, and in words what of it had to be left out. */
export function draftOfLink(
  link: CreateLink,
  { policy, ...choices }: Choices & { policy: TokenPolicy },
  now: number,
  text: Text,
): { draft: TokenDraft; leftOut: string[] } {
  const leftOut: string[] = [];
  const access = accessOf(link, choices, policy, text);
  const draft = {
    name: taken(createTokenSchema.shape.name, link.name, (reason) => text("the name ({reason})", { reason })),
    description: taken(createTokenSchema.shape.description.unwrap(), link.description, (reason) =>
      text("the description ({reason})", { reason }),
    ),
    ...{ access: access.access, customScopes: access.scopes },
    ...{ datasets: [], pipelines: [], addresses: "" },
    ...expiryOf(link.expires),
  };
  return { draft, leftOut: [...leftOut, ...access.leftOut] };

  function taken(field: z.ZodType<string>, value: string | null, leaveOut: (reason: string) => string): string {
    if (value === null || value === "") return "";
    const result = field.safeParse(value);
    if (result.success) return result.data;
    leftOut.push(leaveOut(text.known(result.error.issues[0]?.message ?? message("not valid"))));
    return "";
  }

  function expiryOf(value: string | null): Pick<TokenDraft, "expiry" | "customDate"> {
    const usual = { expiry: null, customDate: "" };
    if (value === null) return usual;
    const wanted = expirySchema.safeParse(value);
    const reason = wanted.success
      ? reasonAgainstExpiry(policy, wanted.data, text)
      : text("Give days, from 1 to 3650, or never");
    if (!wanted.success || reason !== undefined) {
      leftOut.push(text("the expiry “{value}” ({reason})", { value, reason: reason ?? "" }));
      return usual;
    }
    if (expiryOptions(policy, text).some((option) => option.value === wanted.data))
      return { ...usual, expiry: wanted.data };
    return { expiry: "custom", customDate: dayOf(now + Number(wanted.data) * dayMs) };
  }
}

const expirySchema = z.union([
  z.literal("never"),
  z.templateLiteral([z.number()]).refine((days) => /^[1-9]\d{0,3}$/.test(days) && Number(days) <= 3650),
]);
const permissionSetSchema = z.enum(permissionSetIds);
const scopesSchema = z.string().transform((list) => list.split(",").flatMap((scope) => scope.trim() || []));

/** Scopes count more than a permission set, and what the user does not hold is not granted. */
function accessOf(link: CreateLink, { permissionSets, resources }: Choices, policy: TokenPolicy, text: Text) {
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
              text("{count, plural, one {{scopes}, which is no scope} other {{scopes}, which are no scopes}}", {
                count: unknown.length,
                scopes: text.list(unknown.map((name) => text("“{name}”", { name }))),
              }),
            ]
          : []),
        ...(refused.length > 0 ? [text("{scopes}, which you don't hold", { scopes: text.list(refused) })] : []),
        ...(link.permissionSet !== null ? [text("the permission set, because the link names scopes too")] : []),
      ],
    };
  }
  const scopes: readonly Scope[] = [];
  if (link.permissionSet === null) return { access: usual, scopes, leftOut: [] };
  const id = permissionSetSchema.safeParse(link.permissionSet);
  const set = permissionSets.find((known) => known.id === id.data);
  const name = link.permissionSet;
  if (!set) return { access: usual, scopes, leftOut: [text("“{name}”, which is no permission set", { name })] };
  if (!set.grantable)
    return { access: usual, scopes, leftOut: [text("“{name}”, which holds more than you do", { name })] };
  if (set.id === "full-access" && !policy.fullAccessAllowed)
    return { access: usual, scopes, leftOut: [text("“{name}”, which the tenant's policy doesn't allow", { name })] };
  return { access: set.id, scopes, leftOut: [] };
}
