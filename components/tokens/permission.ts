/** Whether something may be done here, and if not, why not, in words for the user. */
export type Permission = { allowed: true } | { allowed: false; reason: string };

/** The reason for a disabled control; undefined when it is enabled. */
export function reasonAgainst(permission: Permission): string | undefined {
  return permission.allowed ? undefined : permission.reason;
}
