declare const idOf: unique symbol;

/** A UUID that names a row of one kind; ids of different kinds do not mix. */
type Id<Kind extends string> = string & { readonly [idOf]: Kind };

export type OrganizationId = Id<"organization">;
export type TenantId = Id<"tenant">;
export type UserId = Id<"user">;
export type TokenId = Id<"token">;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for the text form of a UUID (RFC 9562), which every id here has. */
export function isUuid(value: string): boolean {
  return uuidPattern.test(value);
}

/** Reads an organization id; null when it is not a UUID. */
export const parseOrganizationId = idParser<OrganizationId>();
/** Reads a tenant id; null when it is not a UUID. */
export const parseTenantId = idParser<TenantId>();
/** Reads a user id; null when it is not a UUID. */
export const parseUserId = idParser<UserId>();
/** Reads a token id; null when it is not a UUID. */
export const parseTokenId = idParser<TokenId>();

/** Ids from the database are UUIDs by column type; anything else there is a fault. */
export function fromRow<T extends Id<string>>(parse: (value: string) => T | null, value: string): T {
  const id = parse(value);
  if (id === null) throw new TypeError("The database returned an id that is not a UUID");
  return id;
}

function idParser<T extends Id<string>>() {
  // The only place where an id gets its brand.
  return (value: string): T | null => (isUuid(value) ? (value.toLowerCase() as T) : null);
}
