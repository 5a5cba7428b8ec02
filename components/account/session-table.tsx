"use client";

import { Laptop, LogOut, Smartphone } from "lucide-react";
import { useText } from "#text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { SessionView } from "@/lib/sessions/schema";
import { sessionName } from "./session-wording";

interface SessionTableProps {
  sessions: readonly SessionView[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  onRevoke: (session: SessionView) => void;
}

export function SessionTable({ sessions, now, onRevoke }: SessionTableProps) {
  const text = useText();
  return (
    <Table label={text("Sessions")} className="@4xl:table-fixed">
      <TableHead>
        <TableRow>
          <TableHeader className="w-[36%] bg-subtle/60">{text("Device")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Address")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Signed in")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Last active")}</TableHeader>
          <TableHeader className="w-32 bg-subtle/60">
            <span className="sr-only">{text("Actions")}</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {sessions.map((session) => (
          <TableRow
            key={session.id}
            className="not-last:border-b @max-4xl:relative @max-4xl:grid @max-4xl:grid-cols-2 @max-4xl:gap-x-4 @max-4xl:gap-y-2.5 @max-4xl:p-4 @4xl:hover:bg-subtle/60"
          >
            <TableCell className="@max-4xl:col-span-2 @max-4xl:pr-28">
              <span className="flex min-w-0 items-center gap-2.5">
                <DeviceIcon system={session.system} />
                <span className="min-w-0">
                  <span className="block truncate font-medium" title={session.userAgent ?? undefined}>
                    {sessionName(session, text)}
                  </span>
                  {session.current && <Badge tone="success">{text("This device")}</Badge>}
                </span>
              </span>
            </TableCell>
            <TableCell label={text("Address")} className="@max-4xl:col-span-2">
              {session.address === null ? (
                <span className="text-muted">{text("Unknown")}</span>
              ) : (
                <span className="block font-mono text-xs break-all">{session.address}</span>
              )}
            </TableCell>
            <TableCell label={text("Signed in")} className="@4xl:whitespace-nowrap">
              <RelativeTime at={session.createdAt} now={now} />
              <span className="block text-xs text-muted">
                {session.method === "sso" ? text("by single sign-on") : text("with a password")}
              </span>
            </TableCell>
            <TableCell label={text("Last active")} className="@4xl:whitespace-nowrap">
              {session.current ? text("Now") : <RelativeTime at={session.lastSeenAt} now={now} />}
            </TableCell>
            <TableCell className="text-right @max-4xl:absolute @max-4xl:top-3 @max-4xl:right-3 @4xl:pl-0">
              {!session.current && (
                <Button
                  size="sm"
                  onClick={() => onRevoke(session)}
                  aria-label={text("Sign out {session}", { session: sessionName(session, text) })}
                >
                  <LogOut aria-hidden="true" />
                  {text("Sign out")}
                </Button>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const phones = ["iPhone", "iPad", "Android"];

function DeviceIcon({ system }: Pick<SessionView, "system">) {
  const Icon = system !== null && phones.includes(system) ? Smartphone : Laptop;
  return <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />;
}
