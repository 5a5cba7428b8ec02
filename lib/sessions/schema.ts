import { z } from "zod";
import { pageQuery } from "@/lib/operation";

/** The shapes of a user's own sessions, shared by the page, its actions and the API. */

/** The query of `GET /identity/sessions`. */
export const sessionListQuerySchema = z.strictObject(pageQuery);
export type SessionListQuery = z.infer<typeof sessionListQuerySchema>;

/** A session as its user sees it. */
export const sessionSchema = z.object({
  id: z.uuid(),
  current: z.boolean().describe("Whether it is the one that asks"),
  method: z.enum(["password", "sso"]).describe("How it began: with a password, or by single sign-on"),
  browser: z.string().nullable().describe("What the browser says it is; null when it does not say"),
  system: z.string().nullable().describe("The operating system it says it runs on"),
  userAgent: z.string().nullable(),
  address: z.string().nullable().describe("Where it signed in"),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().describe("To the minute"),
  expiresAt: z.iso.datetime().describe("When it ends if it is not used again"),
});
export type SessionView = z.infer<typeof sessionSchema>;

/** What `POST /identity/sessions/revoke` answers. */
export const revokedSessionsSchema = z.object({ revoked: z.number().int().describe("How many sessions were ended") });

/** What confirming one's password takes. */
export const reauthenticateSchema = z.strictObject({
  password: z.string().min(1, "Enter your password").max(1024, "This is not your password"),
});
export type ReauthenticateInput = z.infer<typeof reauthenticateSchema>;

/** What a sign-in at the OpenID provider may fail by, as a page says it. Which of many reasons is in the audit log. */
export const ssoFailures = ["unavailable", "cancelled", "throttled", "refused"] as const;

export interface SsoFailure {
  outcome: (typeof ssoFailures)[number];
  /** Finds the reason in the audit log. */
  correlationId: string;
}
