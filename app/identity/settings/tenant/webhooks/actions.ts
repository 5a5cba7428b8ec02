"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { type ActionContext, type ActionResult, runAction } from "@/lib/gates/action";
import { createWebhook, deleteWebhook, rotateWebhookSecret, updateWebhook } from "@/lib/webhooks/change";
import { resend, sendTest } from "@/lib/webhooks/deliveries";
import { createWebhookSchema, rotateWebhookSecretSchema, updateWebhookSchema } from "@/lib/webhooks/schema";

const path = "/identity/settings/tenant";
const scope = "tenant:write";

/** Adds a webhook; its secret is in this answer and nowhere else. */
export async function createWebhookAction(context: ActionContext, input: unknown) {
  return refreshed(await runAction({ scope, input: createWebhookSchema, path, context }, input, createWebhook));
}

/** Changes a webhook, or turns it on or off. */
export async function updateWebhookAction(context: ActionContext, id: string, change: unknown) {
  const schema = z.object({ id: z.uuid(), change: updateWebhookSchema });
  return refreshed(
    await runAction({ scope, input: schema, path, context }, { id, change }, async (grant, input) => ({
      webhook: await updateWebhook(grant, input.id, input.change),
    })),
  );
}

/** Gives a webhook a new secret, which is in this answer and nowhere else. */
export async function rotateWebhookSecretAction(context: ActionContext, id: string, rotation: unknown) {
  const schema = z.object({ id: z.uuid(), rotation: rotateWebhookSecretSchema });
  return refreshed(
    await runAction({ scope, input: schema, path, context }, { id, rotation }, (grant, input) =>
      rotateWebhookSecret(grant, input.id, input.rotation),
    ),
  );
}

/** Deletes a webhook and the log of its deliveries. */
export async function deleteWebhookAction(context: ActionContext, id: string) {
  return refreshed(
    await runAction({ scope, input: z.uuid(), path, context }, id, async (grant, webhookId) => {
      await deleteWebhook(grant, webhookId);
      return {};
    }),
  );
}

/** Sends a webhook a message that says it is a test. */
export async function sendTestAction(context: ActionContext, id: string) {
  return refreshed(
    await runAction({ scope, input: z.uuid(), path, context }, id, async (grant, webhookId) => ({
      delivery: await sendTest(grant, webhookId),
    })),
  );
}

/** Sends a message again. */
export async function resendAction(context: ActionContext, deliveryId: string) {
  return refreshed(
    await runAction({ scope, input: z.uuid(), path, context }, deliveryId, async (grant, id) => ({
      delivery: await resend(grant, id),
    })),
  );
}

function refreshed<T>(result: ActionResult<T>): ActionResult<T> {
  if (result.ok) refresh();
  return result;
}
