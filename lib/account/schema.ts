import { z } from "zod";
import { instant } from "@/lib/instant";
import { newPasswordSchema } from "@/lib/members/schema";
import { pageQuery } from "@/lib/operation";
import { tokenStatuses } from "@/lib/tokens/vocabulary";

/** The shapes of what people do with their own account, shared by forms, server actions and route handlers. */

/** Days until a personal token expires when its owner does not say. */
export const personalTokenDefaultDays = 90;
/** The most days a personal token can be issued for. */
export const personalTokenMaxDays = 365;

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** What `POST /identity/personal-tokens` and the create dialog take. `expiresAt` absent: the default lifetime. */
export const createPersonalTokenSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Give the token a name")
    .max(80, "Use at most 80 characters")
    .regex(/^[^\p{Cc}]*$/u, "Use no control characters"),
  expiresAt: instant
    .refine((value) => Date.parse(value) > Date.now(), "Choose a time in the future")
    // A day of grace: a date means through its last second, wherever the clock stands.
    .refine(
      (value) => Date.parse(value) <= Date.now() + (personalTokenMaxDays + 1) * dayMilliseconds,
      "Choose a time within one year",
    )
    .optional(),
});
export type CreatePersonalTokenInput = z.infer<typeof createPersonalTokenSchema>;

/** The query of `GET /identity/personal-tokens`. */
export const personalTokenListQuerySchema = z.strictObject({
  status: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(tokenStatuses)))
    .optional()
    .describe("Comma-separated; working ones when absent"),
  ...pageQuery,
});
export type PersonalTokenListQuery = z.infer<typeof personalTokenListQuerySchema>;

/** What the change-password form takes. */
export const changePasswordSchema = z
  .strictObject({
    currentPassword: z.string().min(1, "Enter your current password").max(1024),
    newPassword: newPasswordSchema,
  })
  .refine((input) => input.currentPassword !== input.newPassword, {
    error: "Choose a password other than the current one",
    path: ["newPassword"],
  });
export type ChangePasswordInput = z.infer<typeof changePasswordSchema>;
