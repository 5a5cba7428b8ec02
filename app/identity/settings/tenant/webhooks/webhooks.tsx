import { createLoader } from "nuqs/server";
import { WebhookPanel, WebhooksPanel } from "@/components/shell/lazy-panels";
import { NoPermission } from "@/components/shell/states";
import { WebhookNotFound } from "@/components/webhooks/webhook-not-found";
import { webhookParams } from "@/components/webhooks/webhook-params";
import type { Grant } from "@/lib/access/decide";
import { isUuid, parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { Problem, type ProblemCode } from "@/lib/errors";
import { ask } from "@/lib/gates/authorize";
import { requestText } from "@/lib/text/server";
import { getWebhook, listDeliveries, listWebhooks } from "@/lib/webhooks/queries";
import { maxWebhooks } from "@/lib/webhooks/schema";
import { tenantSettingsPath } from "../../paths";
import { section } from "../../section";
import type { TenantSectionProps } from "../tenant-section";
import {
  createWebhookAction,
  deleteWebhookAction,
  resendAction,
  rotateWebhookSecretAction,
  sendTestAction,
  updateWebhookAction,
} from "./actions";

const pageSize = 25;
const viewState = createLoader(webhookParams);
type ViewState = Awaited<ReturnType<typeof viewState>>;

/** The tab: the tenant's webhooks or, where the address names one, what was sent to it. */
export async function Webhooks({ session, organization, tenant, searchParams }: TenantSectionProps) {
  const text = await requestText();
  const state = viewState(searchParams);
  const actionContext = { organizationId: organization.id, tenantId: tenant.id };
  const listHref = tenantSettingsPath(organization, tenant, "webhooks");
  const now = new Date().toISOString();
  const actions = {
    create: createWebhookAction.bind(null, actionContext),
    update: updateWebhookAction.bind(null, actionContext),
    rotateSecret: rotateWebhookSecretAction.bind(null, actionContext),
    remove: deleteWebhookAction.bind(null, actionContext),
    sendTest: sendTestAction.bind(null, actionContext),
    resend: resendAction.bind(null, actionContext),
  };
  return section({
    path: "/identity/settings/tenant",
    failure: {
      title: text("The webhooks could not be loaded"),
      text: text("The server failed to answer. Messages are sent all the same. Try again in a moment."),
    },
    load,
    show: (loaded) => {
      if (loaded.view === "denied") return <NoPermission scope="tenant:read" what="webhooks" />;
      if (loaded.view === "missing") return <WebhookNotFound listHref={listHref} />;
      const { readOnlyReason } = loaded;
      const shared = { now, listHref, readOnlyReason, actions };
      return loaded.view === "one" ? (
        <WebhookPanel {...shared} webhook={loaded.webhook} deliveries={loaded.deliveries} state={state.state} />
      ) : (
        <WebhooksPanel {...shared} webhooks={loaded.webhooks} tenantName={tenant.name} />
      );
    },
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organization.id), tenantId: parseTenantId(tenant.id) };
    const [read, write] = await Promise.all([
      ask(session, "tenant:read", context, origin),
      ask(session, "tenant:write", context, origin),
    ]);
    if (!read.allowed) return { view: "denied" } as const;
    const readOnlyReason = write.allowed
      ? undefined
      : text("Your role here doesn't include tenant:write. Ask an admin of this tenant.");
    if (state.webhook === null) {
      const { items } = await listWebhooks(read.grant, { limit: maxWebhooks });
      return { view: "list", webhooks: items, readOnlyReason } as const;
    }
    const one = await oneWebhook(read.grant, state.webhook, state);
    return one === null ? ({ view: "missing" } as const) : ({ view: "one", ...one, readOnlyReason } as const);
  }
}

async function oneWebhook(grant: Grant<"tenant:read">, id: string, state: ViewState) {
  if (!isUuid(id)) return null;
  const webhook = await unless("not_found", getWebhook(grant, id));
  return webhook && { webhook, deliveries: await pageOf(grant, id, state) };
}

/** One page of the log. A cursor that is stale or was tampered with leads to the first page, not to an error. */
async function pageOf(grant: Grant<"tenant:read">, id: string, { state, cursor }: ViewState) {
  const query = { limit: pageSize, ...(state === "all" ? {} : { state }) };
  const page =
    cursor === null ? null : await unless("invalid_request", listDeliveries(grant, id, { ...query, cursor }));
  return page ?? listDeliveries(grant, id, query);
}

/** Null in the place of this one problem. */
async function unless<T>(code: ProblemCode, loading: Promise<T>): Promise<T | null> {
  return loading.catch((error: unknown) => {
    if (error instanceof Problem && error.details.code === code) return null;
    throw error;
  });
}
