import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs";

/** A link that opens the create dialog filled in: `?create=1&name=…&scopes=a,b&expires=30`. It never submits. */
export const createLinkParams = {
  create: parseAsStringLiteral(["1"]),
  name: parseAsString,
  description: parseAsString,
  permissionSet: parseAsString,
  scopes: parseAsString,
  expires: parseAsString,
};

/** What such a link asks for, as it stands in the address. */
export interface CreateLink extends Omit<inferParserType<typeof createLinkParams>, "create"> {
  purpose: "link";
}
