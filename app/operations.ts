import { operationsOf } from "@/lib/gates/route";
import type { PathOperations } from "@/lib/operation";
import { resourceOperations } from "@/lib/resources/registry";
import * as auditHead from "./identity/audit-events/head/route";
import * as auditEvents from "./identity/audit-events/route";
import * as introspect from "./identity/introspect/route";
import * as leaks from "./identity/leaks/route";
import * as organizationAuditEvents from "./identity/organization/audit-events/route";
import * as organization from "./identity/organization/route";
import * as organizationTenants from "./identity/organization/tenants/route";
import * as organizationTokensRevoke from "./identity/organization/tokens/revoke/route";
import * as organizationTokens from "./identity/organization/tokens/route";
import * as organizationTokensSummary from "./identity/organization/tokens/summary/route";
import * as organizations from "./identity/organizations/route";
import * as permissions from "./identity/permissions/route";
import * as personalTokenRevoke from "./identity/personal-tokens/[id]/revoke/route";
import * as personalTokens from "./identity/personal-tokens/route";
import * as session from "./identity/sessions/[id]/route";
import * as sessionsRevoke from "./identity/sessions/revoke/route";
import * as sessions from "./identity/sessions/route";
import * as policy from "./identity/tenant/policy/route";
import * as tenant from "./identity/tenant/route";
import * as rotate from "./identity/tokens/[id]/rotate/route";
import * as token from "./identity/tokens/[id]/route";
import * as usage from "./identity/tokens/[id]/usage/route";
import * as identify from "./identity/tokens/identify/route";
import * as revoke from "./identity/tokens/revoke/route";
import * as tokens from "./identity/tokens/route";
import * as self from "./identity/tokens/self/route";
import * as shorten from "./identity/tokens/shorten/route";
import * as password from "./identity/users/[id]/password/route";
import * as user from "./identity/users/[id]/route";
import * as users from "./identity/users/route";
import * as verify from "./identity/verify/route";
import * as webhookDeliveryResend from "./identity/webhook-deliveries/[id]/resend/route";
import * as webhookDeliveries from "./identity/webhooks/[id]/deliveries/route";
import * as webhookRotateSecret from "./identity/webhooks/[id]/rotate-secret/route";
import * as webhook from "./identity/webhooks/[id]/route";
import * as webhookTest from "./identity/webhooks/[id]/test/route";
import * as webhooks from "./identity/webhooks/route";

/** Every path of the API with its operations, in the order of the reference. A test misses none of app/. */
export const apiOperations: Readonly<Record<string, PathOperations>> = {
  "/identity/tokens": operationsOf(tokens),
  "/identity/tokens/{id}": operationsOf(token),
  "/identity/tokens/{id}/rotate": operationsOf(rotate),
  "/identity/tokens/{id}/usage": operationsOf(usage),
  "/identity/tokens/revoke": operationsOf(revoke),
  "/identity/tokens/shorten": operationsOf(shorten),
  "/identity/tokens/self": operationsOf(self),
  "/identity/tokens/identify": operationsOf(identify),
  "/identity/organization/tokens": operationsOf(organizationTokens),
  "/identity/organization/tokens/summary": operationsOf(organizationTokensSummary),
  "/identity/organization/tokens/revoke": operationsOf(organizationTokensRevoke),
  "/identity/personal-tokens": operationsOf(personalTokens),
  "/identity/personal-tokens/{id}/revoke": operationsOf(personalTokenRevoke),
  "/identity/sessions": operationsOf(sessions),
  "/identity/sessions/{id}": operationsOf(session),
  "/identity/sessions/revoke": operationsOf(sessionsRevoke),
  "/identity/verify": operationsOf(verify),
  "/identity/introspect": operationsOf(introspect),
  "/identity/leaks": operationsOf(leaks),
  "/identity/webhooks": operationsOf(webhooks),
  "/identity/webhooks/{id}": operationsOf(webhook),
  "/identity/webhooks/{id}/rotate-secret": operationsOf(webhookRotateSecret),
  "/identity/webhooks/{id}/test": operationsOf(webhookTest),
  "/identity/webhooks/{id}/deliveries": operationsOf(webhookDeliveries),
  "/identity/webhook-deliveries/{id}/resend": operationsOf(webhookDeliveryResend),
  "/identity/audit-events": operationsOf(auditEvents),
  "/identity/audit-events/head": operationsOf(auditHead),
  "/identity/organization/audit-events": operationsOf(organizationAuditEvents),
  "/identity/organizations": operationsOf(organizations),
  "/identity/permissions": operationsOf(permissions),
  "/identity/tenant": operationsOf(tenant),
  "/identity/tenant/policy": operationsOf(policy),
  "/identity/organization": operationsOf(organization),
  "/identity/organization/tenants": operationsOf(organizationTenants),
  "/identity/users": operationsOf(users),
  "/identity/users/{id}": operationsOf(user),
  "/identity/users/{id}/password": operationsOf(password),
  ...resourceOperations,
};
