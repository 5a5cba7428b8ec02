"use client";

import dynamic from "next/dynamic";

// The panels of the settings' sections. One page shows many sections, and its browser code would hold them all: a
// server component cannot split what it imports, so they are split here.

export const ApiTokensPanel = dynamic(() => import("../tokens/api-tokens-panel").then((file) => file.ApiTokensPanel));
export const AuditPanel = dynamic(() => import("../audit/audit-panel").then((file) => file.AuditPanel));
export const MembersPanel = dynamic(() => import("../organization/members-panel").then((file) => file.MembersPanel));
export const OrganizationTokensPanel = dynamic(() =>
  import("../organization/tokens-panel").then((file) => file.TokensPanel),
);
export const PolicyForm = dynamic(() => import("../policy/policy-form").then((file) => file.PolicyForm));
export const RenameForm = dynamic(() => import("./rename-form").then((file) => file.RenameForm));
export const RequireSsoForm = dynamic(() =>
  import("../organization/require-sso-form").then((file) => file.RequireSsoForm),
);
export const TenantsPanel = dynamic(() => import("../organization/tenants-panel").then((file) => file.TenantsPanel));
export const ViolatorsList = dynamic(() => import("../policy/violators-list").then((file) => file.ViolatorsList));
export const WebhookPanel = dynamic(() => import("../webhooks/webhook-panel").then((file) => file.WebhookPanel));
export const WebhooksPanel = dynamic(() => import("../webhooks/webhooks-panel").then((file) => file.WebhooksPanel));
