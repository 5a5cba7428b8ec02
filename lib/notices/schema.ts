import { z } from "zod";

/** What happens to a token that somebody may want to be told of. Importable anywhere. */

const time = z.iso.datetime();
const token = z.object({ id: z.uuid(), name: z.string(), hint: z.string() });

/** What each notice says beyond which token it is about. */
export const noticeSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("token.expiring"), token, expiresAt: time, withinDays: z.number() }),
  z.object({ type: z.literal("token.expired"), token, expiredAt: time }),
  z.object({
    type: z.literal("token.rotated"),
    token,
    successor: z.object({ id: z.uuid(), hint: z.string() }),
    worksUntil: time.describe("When the old secret ends"),
  }),
  z.object({
    type: z.literal("token.revoked"),
    token,
    reason: z.string(),
    note: z.string().nullable(),
  }),
  z.object({ type: z.literal("token.leaked"), token, foundAt: z.string().nullable().describe("Where it was found") }),
  z.object({ type: z.literal("token.used_from_new_network"), token, network: z.string(), firstSeenAt: time }),
  z.object({
    type: z.literal("token.idle_soon"),
    token,
    idleSince: time.describe("Its last use, or its creation if there was none"),
    revocationAt: time.describe("When it will be revoked unless it is used"),
  }),
]);
export type Notice = z.infer<typeof noticeSchema>;
export type NoticeType = Notice["type"];

/** Whom a notice concerns: the tenant the token belongs to, or for a personal token its user. */
export const noticePlaceSchema = z.union([
  z.object({ organizationId: z.uuid(), tenantId: z.uuid() }),
  z.object({ userId: z.uuid() }),
]);
export type NoticePlace = z.infer<typeof noticePlaceSchema>;

interface NoticeText {
  label: string;
  description: string;
}

/** Every type of notice in words. */
export const noticeTexts: Readonly<Record<NoticeType, NoticeText>> = {
  "token.expiring": { label: "Expiring", description: "14 days, 3 days and 1 day before a token expires." },
  "token.expired": { label: "Expired", description: "A token has expired and no longer works." },
  "token.rotated": { label: "Rotated", description: "A token got a successor with a new secret." },
  "token.revoked": {
    label: "Revoked",
    description: "A token was revoked as compromised, or because it was not used for too long.",
  },
  "token.leaked": { label: "Leaked", description: "A token's secret was found in public and the token revoked." },
  "token.used_from_new_network": {
    label: "New network",
    description: "A token was used from a network that it was never used from before.",
  },
  "token.idle_soon": {
    label: "Idle",
    description: "A week before the tenant's policy revokes a token for want of use.",
  },
};

export const noticeTypes = noticeSchema.options.map(({ shape }) => shape.type.value);
