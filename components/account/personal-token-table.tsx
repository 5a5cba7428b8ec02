"use client";

import { Ban } from "lucide-react";
import { useText } from "#text";
import { TokenStatusBadge } from "@/components/tokens/token-status-badge";
import { Button } from "@/components/ui/button";
import { utcDay } from "@/components/ui/dates";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { TokenView } from "@/lib/tokens/schema";

interface PersonalTokenTableProps {
  tokens: readonly TokenView[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  onRevoke: (token: TokenView) => void;
}

export function PersonalTokenTable({ tokens, now, onRevoke }: PersonalTokenTableProps) {
  const text = useText();
  return (
    <Table label={text("Personal tokens")} className="@4xl:table-fixed">
      <TableHead>
        <TableRow>
          <TableHeader className="w-[32%] bg-subtle/60">{text("Name")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Created")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Last used")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Expires")}</TableHeader>
          <TableHeader className="w-36 bg-subtle/60">{text("Status")}</TableHeader>
          <TableHeader className="w-28 bg-subtle/60">
            <span className="sr-only">{text("Actions")}</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <TableRow
            key={token.id}
            className="not-last:border-b @max-4xl:relative @max-4xl:grid @max-4xl:grid-cols-2 @max-4xl:gap-x-4 @max-4xl:gap-y-2.5 @max-4xl:p-4 @4xl:hover:bg-subtle/60"
          >
            <TableCell className="@max-4xl:order-1 @max-4xl:col-span-2 @max-4xl:pr-24">
              <span className="block truncate font-medium" title={token.name}>
                {token.name}
              </span>
              <code className="block truncate font-mono text-xs text-muted">{token.hint}</code>
            </TableCell>
            <TableCell label={text("Created")} className="@max-4xl:order-4 @4xl:whitespace-nowrap">
              <RelativeTime at={token.createdAt} now={now} />
            </TableCell>
            <TableCell label={text("Last used")} className="@max-4xl:order-5 @4xl:whitespace-nowrap">
              {token.lastUsedAt === null ? (
                <span className="text-muted">{text("Never")}</span>
              ) : (
                <RelativeTime at={token.lastUsedAt} now={now} />
              )}
            </TableCell>
            <TableCell label={text("Expires")} className="@max-4xl:order-3 @4xl:whitespace-nowrap">
              <Expiry token={token} now={now} />
            </TableCell>
            <TableCell className="@max-4xl:order-2 @max-4xl:col-span-2 @max-4xl:-mt-1">
              <TokenStatusBadge status={token.status} />
              {token.revokedNote !== null && (
                <span className="mt-1 block text-xs text-muted">{text.known(token.revokedNote)}</span>
              )}
            </TableCell>
            <TableCell className="text-right @max-4xl:absolute @max-4xl:top-3 @max-4xl:right-3 @4xl:pl-0">
              {token.revokedAt === null && (
                <Button
                  size="sm"
                  onClick={() => onRevoke(token)}
                  aria-label={text("Revoke {name}", { name: token.name })}
                >
                  <Ban aria-hidden="true" />
                  {text("Revoke")}
                </Button>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Expiry({ token, now }: { token: TokenView; now: string }) {
  const text = useText();
  if (token.expiresAt === null) return <span className="text-muted">{text("Never")}</span>;
  if (token.status === "expiring")
    return <RelativeTime at={token.expiresAt} now={now} className="font-medium text-warning-text" />;
  return <time dateTime={token.expiresAt}>{utcDay(Date.parse(token.expiresAt), text)}</time>;
}
