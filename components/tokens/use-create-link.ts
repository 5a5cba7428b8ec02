"use client";

import { useQueryStates } from "nuqs";
import { type CreateLink, createLinkParams } from "./create-link-params";

/** The link to create a token that led here, if one did. Clearing takes it out of the address. */
export function useCreateLink(): { link: CreateLink | null; clear: () => Promise<unknown> } {
  const [{ create, ...asked }, setParams] = useQueryStates(createLinkParams, { history: "replace" });
  const link: CreateLink | null = create === null ? null : { purpose: "link", ...asked };
  return { link, clear: link === null ? () => Promise.resolve() : () => setParams(null) };
}
