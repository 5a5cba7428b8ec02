"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { runOrganizationAction } from "@/lib/gates/action";
import { listCreators } from "@/lib/tokens/creators";
import {
  organizationTokenFilterSchema,
  organizationTokenSelectionSchema,
  revokeOrganizationTokensSchema,
} from "@/lib/tokens/organization-schema";
import { previewRevocation, revokeTokens } from "@/lib/tokens/revoke";
import { countTokens } from "@/lib/tokens/selection";

const path = "/identity/settings/organization";

/** What revoking tokens of the organization would do. */
export async function previewRevocationAction(organizationId: string, selection: unknown) {
  const declaration = { scope: "token:write", input: organizationTokenSelectionSchema, path, organizationId } as const;
  return runOrganizationAction(declaration, selection, previewRevocation);
}

/** How many tokens of the organization match a filter, counted up to one more than a call can change. */
export async function countTokensAction(organizationId: string, filter: unknown) {
  const declaration = { scope: "token:read", input: organizationTokenFilterSchema, path, organizationId } as const;
  return runOrganizationAction(declaration, filter, async (grant, checked) => ({
    count: await countTokens(grant, checked),
  }));
}

/** Who created the organization's tokens. */
export async function listCreatorsAction(organizationId: string) {
  const declaration = { scope: "token:read", input: z.undefined(), path, organizationId } as const;
  return runOrganizationAction(declaration, undefined, async (grant) => ({ creators: await listCreators(grant) }));
}

/** Revokes tokens of any tenant of the organization at once. */
export async function revokeTokensAction(organizationId: string, input: unknown) {
  const declaration = { scope: "token:write", input: revokeOrganizationTokensSchema, path, organizationId } as const;
  const result = await runOrganizationAction(declaration, input, revokeTokens);
  if (result.ok) refresh();
  return result;
}
