"use client";

import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { DeliveryView } from "@/lib/webhooks/schema";
import { DeliveryBadge } from "./delivery-badge";
import { eventLabel } from "./webhook-wording";

const soonMilliseconds = 60_000;

interface DeliveriesTableProps {
  deliveries: readonly DeliveryView[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  onOpen: (delivery: DeliveryView) => void;
}

export function DeliveriesTable({ deliveries, now, onOpen }: DeliveriesTableProps) {
  const text = useText();
  return (
    <Table label={text("Deliveries")} className="@4xl:table-fixed">
      <TableHead>
        <TableRow>
          <TableHeader className="w-44 bg-subtle/60">{text("Event")}</TableHeader>
          <TableHeader className="w-32 bg-subtle/60">{text("State")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Answer")}</TableHeader>
          <TableHeader className="w-20 bg-subtle/60 text-right">{text("Tries")}</TableHeader>
          <TableHeader className="w-36 bg-subtle/60">{text("Created")}</TableHeader>
          <TableHeader className="w-28 bg-subtle/60">
            <span className="sr-only">{text("Actions")}</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {deliveries.map((delivery) => (
          <TableRow
            key={delivery.id}
            className="not-last:border-b @max-4xl:relative @max-4xl:grid @max-4xl:grid-cols-2 @max-4xl:gap-x-4 @max-4xl:gap-y-2.5 @max-4xl:p-4 @4xl:hover:bg-subtle/60"
          >
            <TableCell className="@max-4xl:order-1 @max-4xl:col-span-2 @max-4xl:pr-24">
              <span className="font-medium">{eventLabel(delivery.event, text)}</span>
            </TableCell>
            <TableCell className="@max-4xl:order-2 @max-4xl:col-span-2 @max-4xl:-mt-1">
              <DeliveryBadge delivery={delivery} />
            </TableCell>
            <TableCell label={text("Answer")} className="@max-4xl:order-3 @max-4xl:col-span-2">
              <Answer delivery={delivery} now={now} />
            </TableCell>
            <TableCell label={text("Tries")} className="tabular-nums @max-4xl:order-5 @4xl:text-right">
              {delivery.attempts}
            </TableCell>
            <TableCell label={text("Created")} className="@max-4xl:order-4 @4xl:whitespace-nowrap">
              <RelativeTime at={delivery.createdAt} now={now} />
            </TableCell>
            <TableCell className="text-right @max-4xl:absolute @max-4xl:top-3 @max-4xl:right-3 @4xl:pl-0">
              <Button
                size="sm"
                onClick={() => onOpen(delivery)}
                aria-label={text("Details of {event}, {at}", {
                  event: eventLabel(delivery.event, text),
                  at: delivery.createdAt,
                })}
              >
                {text("Details")}
              </Button>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** What the receiver said last, or why it did not, and when it is asked again. */
export function Answer({ delivery, now }: { delivery: DeliveryView; now: string }) {
  const text = useText();
  const { responseStatus, error, nextAttemptAt } = delivery;
  if (error === null)
    return responseStatus === null ? <span className="text-muted">{text("None yet")}</span> : responseStatus;
  return (
    <>
      <span className="wrap-anywhere">{text.known(error)}</span>
      {nextAttemptAt !== null && (
        <span className="block text-xs text-muted">
          {Date.parse(nextAttemptAt) - Date.parse(now) < soonMilliseconds
            ? text("Next try within a minute")
            : text.rich("Next try {when}", { when: <RelativeTime at={nextAttemptAt} now={now} /> })}
        </span>
      )}
    </>
  );
}
