import { z } from "zod";
import { roleIds } from "@/lib/access/roles";
import { pageQuery } from "@/lib/operation";

/** The shapes of members on the wire, shared by forms, server actions and route handlers. */

/** The shortest password accepted: what NIST SP 800-63B-4 asks where it is the only factor. */
export const minPasswordLength = 15;
export const maxPasswordLength = 128;

/** A password as it is chosen; signing in takes any. */
export const newPasswordSchema = z
  .string()
  .min(minPasswordLength, `Use at least ${minPasswordLength} characters`)
  .max(maxPasswordLength, `Use at most ${maxPasswordLength} characters`)
  .refine(
    // What counts are code points, in the form that is hashed.
    (password) => password.length < minPasswordLength || [...password.normalize("NFKC")].length >= minPasswordLength,
    `Use at least ${minPasswordLength} characters`,
  );

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Use at most 254 characters")
  .pipe(z.email("Use an e-mail address, such as ada@example.com"));
const name = z
  .string()
  .trim()
  .min(1, "Give a name")
  .max(80, "Use at most 80 characters")
  .regex(/^[^\p{Cc}]*$/u, "Use no control characters");
const role = z.enum(roleIds, "Choose a role");
const tenantId = z
  .uuid()
  .toLowerCase()
  .nullish()
  .describe("The tenant the role is for; null or absent: the whole organization");

/** What `POST /identity/users` and the add-member dialog take. */
export const addMemberSchema = z.strictObject({
  email,
  name: name.describe("What to call the person; one who has an account keeps its name"),
  role,
  tenantId,
  password: newPasswordSchema.optional().describe("For a new account; generated when absent"),
});
export type AddMemberInput = z.infer<typeof addMemberSchema>;

/** What `PATCH /identity/users/{id}` takes: a role for a place, or the state of the account. */
export const updateMemberSchema = z
  .strictObject({
    role: role.nullable().optional().describe("The role from now on; null takes away the one in that tenant"),
    tenantId,
    disabled: z.boolean().optional(),
  })
  .refine((input) => (input.role === undefined) !== (input.disabled === undefined), "Give either role or disabled")
  .refine((input) => input.tenantId === undefined || input.role !== undefined, {
    error: "A tenant goes with a role",
    path: ["tenantId"],
  });
export type UpdateMemberInput = z.infer<typeof updateMemberSchema>;

/** The query of `GET /identity/users`. */
export const memberListQuerySchema = z.strictObject({
  q: z.string().trim().max(80).optional().describe("Part of a name or an e-mail address"),
  ...pageQuery,
});
export type MemberListQuery = z.infer<typeof memberListQuerySchema>;

/** A member of an organization as those who manage it see them. */
export const memberSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  active: z.boolean().describe("False for a disabled account"),
  memberships: z.array(
    z.object({
      id: z.uuid(),
      tenantId: z.uuid().nullable().describe("Null: the whole organization"),
      role: z.enum(roleIds),
    }),
  ),
  createdAt: z.iso.datetime().describe("When they joined the organization"),
});
export type MemberView = z.infer<typeof memberSchema>;

/** What `POST /identity/users` answers. */
export const addedMemberSchema = z.object({
  user: memberSchema,
  password: z.string().nullable().describe("The generated password, this once; null when none was generated"),
});

/** What `POST /identity/users/{id}/password` answers. */
export const resetPasswordSchema = z.object({ password: z.string().describe("Shown this once") });
