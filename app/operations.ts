import { operationsOf } from "@/lib/gates/route";
import { describeApi } from "@/lib/openapi/document";
import type { PathOperations } from "@/lib/operation";
import { resourceOperations } from "@/lib/resources/registry";
import * as introspect from "./identity/introspect/route";
import * as organizations from "./identity/organizations/route";
import * as permissions from "./identity/permissions/route";
import * as rotate from "./identity/tokens/[id]/rotate/route";
import * as token from "./identity/tokens/[id]/route";
import * as revoke from "./identity/tokens/revoke/route";
import * as tokens from "./identity/tokens/route";
import * as self from "./identity/tokens/self/route";
import * as verify from "./identity/verify/route";

/** Every path of the API with its operations, in the order of the reference. A test misses none of app/. */
export const apiOperations: Readonly<Record<string, PathOperations>> = {
  "/identity/tokens": operationsOf(tokens),
  "/identity/tokens/{id}": operationsOf(token),
  "/identity/tokens/{id}/rotate": operationsOf(rotate),
  "/identity/tokens/revoke": operationsOf(revoke),
  "/identity/tokens/self": operationsOf(self),
  "/identity/verify": operationsOf(verify),
  "/identity/introspect": operationsOf(introspect),
  "/identity/organizations": operationsOf(organizations),
  "/identity/permissions": operationsOf(permissions),
  ...resourceOperations,
};

/** The OpenAPI document: the same for every caller, made once. */
export const apiDocument = describeApi(apiOperations);
