"use client";

import { Ellipsis, KeyRound, UserCheck, UserCog, UserMinus, UserX } from "lucide-react";
import { useText } from "#text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { roles } from "@/lib/access/roles";
import type { Scope } from "@/lib/access/scopes";
import type { MemberView } from "@/lib/members/schema";
import { isActiveOwner, lastOwnerReason, type NamedTenant, placeName, reasonAgainstChanging } from "./member-wording";

export type MemberAction = "role" | "password" | "disable" | "enable" | "remove";

interface MembersTableProps {
  members: readonly MemberView[];
  tenants: readonly NamedTenant[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  currentUserId: string;
  heldScopes: readonly Scope[];
  isOnlyOwner: boolean;
  /** Why nothing can be changed here; undefined when it can. */
  readOnlyReason: string | undefined;
  onAction: (action: MemberAction, member: MemberView) => void;
}

export function MembersTable({ members, tenants, now, currentUserId, ...rules }: MembersTableProps) {
  const text = useText();
  return (
    <Table label={text("Members")} className="@4xl:table-fixed">
      <TableHead>
        <TableRow>
          <TableHeader className="w-[36%] bg-subtle/60">{text("Member")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Roles")}</TableHeader>
          <TableHeader className="w-36 bg-subtle/60">{text("Joined")}</TableHeader>
          <TableHeader className="w-32 bg-subtle/60">{text("Status")}</TableHeader>
          <TableHeader className="w-12 bg-subtle/60">
            <span className="sr-only">{text("Actions")}</span>
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <TableRow
            key={member.id}
            className="not-last:border-b @max-4xl:relative @max-4xl:grid @max-4xl:grid-cols-2 @max-4xl:gap-x-4 @max-4xl:gap-y-2.5 @max-4xl:p-4 @4xl:hover:bg-subtle/60"
          >
            <TableCell className="@max-4xl:order-1 @max-4xl:col-span-2 @max-4xl:pr-9">
              <span className="flex min-w-0 items-center gap-2">
                <span className="truncate font-medium" title={member.name}>
                  {member.name}
                </span>
                {member.id === currentUserId && <Badge>{text("You")}</Badge>}
              </span>
              <span className="block truncate text-xs text-muted" title={member.email}>
                {member.email}
              </span>
            </TableCell>
            <TableCell label={text("Roles")} className="@max-4xl:order-3 @max-4xl:col-span-2">
              <ul className="grid gap-0.5">
                {member.memberships.map(({ id, role, tenantId }) => (
                  <li key={id} className="truncate">
                    {text.known(roles[role].label)}{" "}
                    <span className="text-muted">· {placeName(tenantId, tenants, text)}</span>
                  </li>
                ))}
              </ul>
            </TableCell>
            <TableCell label={text("Joined")} className="@max-4xl:order-4 @4xl:whitespace-nowrap">
              <RelativeTime at={member.createdAt} now={now} />
            </TableCell>
            <TableCell className="@max-4xl:order-2 @max-4xl:col-span-2 @max-4xl:-mt-1">
              <Badge tone={member.active ? "success" : "neutral"} dot>
                {member.active ? text("Active") : text("Disabled")}
              </Badge>
            </TableCell>
            <TableCell className="text-right @max-4xl:absolute @max-4xl:top-2.5 @max-4xl:right-2 @4xl:pl-0">
              <MemberMenu member={member} isSelf={member.id === currentUserId} {...rules} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

interface MemberMenuProps
  extends Pick<MembersTableProps, "heldScopes" | "isOnlyOwner" | "readOnlyReason" | "onAction"> {
  member: MemberView;
  isSelf: boolean;
}

function MemberMenu({ member, isSelf, heldScopes, isOnlyOwner, readOnlyReason, onAction }: MemberMenuProps) {
  const text = useText();
  const against = readOnlyReason ?? reasonAgainstChanging(member, heldScopes, text);
  const lastOwner = isOnlyOwner && isActiveOwner(member) ? text.known(lastOwnerReason) : undefined;
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={text("Actions for {name}", { name: member.name })}>
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem
        icon={<UserCog aria-hidden="true" />}
        onSelect={() => onAction("role", member)}
        disabledReason={against}
      >
        {text("Change role…")}
      </MenuItem>
      <MenuItem
        icon={<KeyRound aria-hidden="true" />}
        onSelect={() => onAction("password", member)}
        disabledReason={against ?? (isSelf ? text("Change your own password in your profile.") : undefined)}
      >
        {text("Reset password…")}
      </MenuItem>
      <MenuSeparator />
      {member.active ? (
        <MenuItem
          icon={<UserX aria-hidden="true" />}
          tone="danger"
          onSelect={() => onAction("disable", member)}
          disabledReason={against ?? (isSelf ? text("You cannot disable yourself.") : lastOwner)}
        >
          {text("Disable account…")}
        </MenuItem>
      ) : (
        <MenuItem
          icon={<UserCheck aria-hidden="true" />}
          onSelect={() => onAction("enable", member)}
          disabledReason={against}
        >
          {text("Enable account…")}
        </MenuItem>
      )}
      <MenuItem
        icon={<UserMinus aria-hidden="true" />}
        tone="danger"
        onSelect={() => onAction("remove", member)}
        disabledReason={against ?? (isSelf ? text("You cannot remove yourself.") : lastOwner)}
      >
        {text("Remove…")}
      </MenuItem>
    </Menu>
  );
}
