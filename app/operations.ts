import { operationsOf } from "@/lib/gates/route";
import type { PathOperations } from "@/lib/operation";
import { resourceOperations } from "@/lib/resources/registry";
import * as auditEvents from "./identity/audit-events/route";
import * as introspect from "./identity/introspect/route";
import * as organization from "./identity/organization/route";
import * as organizations from "./identity/organizations/route";
import * as permissions from "./identity/permissions/route";
import * as personalTokenRevoke from "./identity/personal-tokens/[id]/revoke/route";
import * as personalTokens from "./identity/personal-tokens/route";
import * as rotate from "./identity/tokens/[id]/rotate/route";
import * as token from "./identity/tokens/[id]/route";
import * as revoke from "./identity/tokens/revoke/route";
import * as tokens from "./identity/tokens/route";
import * as self from "./identity/tokens/self/route";
import * as password from "./identity/users/[id]/password/route";
import * as user from "./identity/users/[id]/route";
import * as users from "./identity/users/route";
import * as verify from "./identity/verify/route";

/** Every path of the API with its operations, in the order of the reference. A test misses none of app/. */
export const apiOperations: Readonly<Record<string, PathOperations>> = {
  "/identity/tokens": operationsOf(tokens),
  "/identity/tokens/{id}": operationsOf(token),
  "/identity/tokens/{id}/rotate": operationsOf(rotate),
  "/identity/tokens/revoke": operationsOf(revoke),
  "/identity/tokens/self": operationsOf(self),
  "/identity/personal-tokens": operationsOf(personalTokens),
  "/identity/personal-tokens/{id}/revoke": operationsOf(personalTokenRevoke),
  "/identity/verify": operationsOf(verify),
  "/identity/introspect": operationsOf(introspect),
  "/identity/audit-events": operationsOf(auditEvents),
  "/identity/organizations": operationsOf(organizations),
  "/identity/permissions": operationsOf(permissions),
  "/identity/organization": operationsOf(organization),
  "/identity/users": operationsOf(users),
  "/identity/users/{id}": operationsOf(user),
  "/identity/users/{id}/password": operationsOf(password),
  ...resourceOperations,
};
