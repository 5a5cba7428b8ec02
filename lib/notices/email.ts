import { roleIds, roles } from "@/lib/access/roles";
import { db } from "@/lib/db/client";
import { addJobs, type NoticeDigest } from "@/lib/jobs/queue";
import { emailOf } from "./email-text";
import { sendMail } from "./mailer";

const rolesThatManageTokens = roleIds.filter((role) => roles[role].scopes.includes("token:write"));

/** Adds an e-mail for each person whom a digest concerns, so that each is tried again on its own. */
export async function sendEmails(digest: NoticeDigest): Promise<void> {
  const recipients = await db.user.findMany({ where: concernedBy(digest), select: { id: true } });
  await db.$transaction((transaction) =>
    addJobs(
      transaction,
      recipients.map(({ id }) => ({ task: "send-email", payload: { ...digest, userId: id }, maxAttempts: 12 })),
    ),
  );
}

/** Sends one person a digest, if it still concerns them. Throws when the mail server does not take it. */
export async function sendEmail(digest: NoticeDigest & { userId: string }, messageId: string): Promise<void> {
  const recipient = await db.user.findFirst({
    where: { AND: [{ id: digest.userId }, concernedBy(digest)] },
    select: { name: true, email: true },
  });
  if (!recipient) return;
  const tenantName = await tenantNameOf(digest.place);
  if (tenantName === undefined) return;
  const to = { name: recipient.name, address: recipient.email };
  await sendMail({ to, messageId, ...emailOf(digest, tenantName) });
}

/** Those who manage the tenant's tokens now, or the owner of a personal token: people whose accounts work. */
function concernedBy({ place }: NoticeDigest) {
  if ("userId" in place) return { id: place.userId, disabledAt: null };
  const { organizationId, tenantId } = place;
  return {
    disabledAt: null,
    memberships: {
      some: { organizationId, role: { in: rolesThatManageTokens }, OR: [{ tenantId: null }, { tenantId }] },
    },
  };
}

/** "Acme / east"; null for personal tokens, undefined when the tenant is no more. */
async function tenantNameOf(place: NoticeDigest["place"]): Promise<string | null | undefined> {
  if ("userId" in place) return null;
  const tenant = await db.tenant.findFirst({
    where: { id: place.tenantId, organizationId: place.organizationId },
    select: { name: true, organization: { select: { name: true } } },
  });
  return tenant ? `${tenant.organization.name} / ${tenant.name}` : undefined;
}
