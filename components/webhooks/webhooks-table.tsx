"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useText } from "#text";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { noticeTypes } from "@/lib/notices/schema";
import type { WebhookView } from "@/lib/webhooks/schema";
import { DeliveryBadge } from "./delivery-badge";
import { eventLabel } from "./webhook-wording";

interface WebhooksTableProps {
  webhooks: readonly WebhookView[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  hrefOf: (webhook: WebhookView) => string;
  menuOf: (webhook: WebhookView) => ReactNode;
}

export function WebhooksTable({ webhooks, now, hrefOf, menuOf }: WebhooksTableProps) {
  const text = useText();
  return (
    <Table label={text("Webhooks")} className="@4xl:table-fixed">
      <TableHead>
        <TableRow>
          <TableHeader className="w-[36%] bg-subtle/60">{text("Address")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Events")}</TableHeader>
          <TableHeader className="w-52 bg-subtle/60">{text("Last delivery")}</TableHeader>
          <TableHeader className="w-24 bg-subtle/60">{text("State")}</TableHeader>
          <TableHeader className="w-12 bg-subtle/60">
            <span className="sr-only">{text("Actions")}</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {webhooks.map((webhook) => (
          <TableRow
            key={webhook.id}
            className="not-last:border-b @max-4xl:relative @max-4xl:grid @max-4xl:gap-y-2.5 @max-4xl:p-4 @4xl:hover:bg-subtle/60"
          >
            <TableCell className="@max-4xl:order-1 @max-4xl:pr-9">
              <Link
                href={hrefOf(webhook)}
                className="block truncate rounded-sm font-medium underline-offset-3 hover:underline"
                title={webhook.url}
              >
                {webhook.url.replace(/^https:\/\//, "")}
              </Link>
              {webhook.description !== "" && (
                <span className="block truncate text-xs text-muted" title={webhook.description}>
                  {webhook.description}
                </span>
              )}
            </TableCell>
            <TableCell label={text("Events")} className="@max-4xl:order-3">
              <EventBadges events={webhook.events} />
            </TableCell>
            <TableCell label={text("Last delivery")} className="@max-4xl:order-4 @4xl:whitespace-nowrap">
              {webhook.lastDelivery === null ? (
                <span className="text-muted">{text("None yet")}</span>
              ) : (
                <span className="flex items-center gap-2">
                  <DeliveryBadge delivery={webhook.lastDelivery} />
                  <RelativeTime at={webhook.lastDelivery.createdAt} now={now} className="text-muted" />
                </span>
              )}
            </TableCell>
            <TableCell className="@max-4xl:order-2 @max-4xl:-mt-1">
              <Badge tone={webhook.enabled ? "success" : "neutral"} dot>
                {webhook.enabled ? text("On") : text("Off")}
              </Badge>
            </TableCell>
            <TableCell className="text-right @max-4xl:absolute @max-4xl:top-2.5 @max-4xl:right-2 @4xl:pl-0">
              {menuOf(webhook)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** The events a webhook asks for; all of them in one word. */
export function EventBadges({ events }: { events: WebhookView["events"] }) {
  const text = useText();
  if (events.length === noticeTypes.length) return <Badge>{text("All events")}</Badge>;
  return (
    <ul className="flex flex-wrap gap-1">
      {events.map((event) => (
        <li key={event}>
          <Badge>{eventLabel(event, text)}</Badge>
        </li>
      ))}
    </ul>
  );
}
