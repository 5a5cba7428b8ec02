import { useText } from "#text";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";

export interface LinkedTenant {
  id: string;
  name: string;
  createdAt: string;
  workingTokens: number;
  /** Its settings. */
  href: string;
}

/** The tenants of an organization, each leading to its API tokens. */
export function TenantsTable({ tenants, now }: { tenants: readonly LinkedTenant[]; now: string }) {
  const text = useText();
  return (
    <Table label={text("Tenants")}>
      <TableHead>
        <TableRow>
          <TableHeader className="bg-subtle/60">{text("Tenant")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("ID")}</TableHeader>
          <TableHeader className="bg-subtle/60">{text("Created")}</TableHeader>
          <TableHeader className="bg-subtle/60 text-right @4xl:pr-4">{text("Working tokens")}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {tenants.map((tenant) => (
          <TableRow
            key={tenant.id}
            className="not-last:border-b @max-4xl:grid @max-4xl:grid-cols-2 @max-4xl:gap-x-4 @max-4xl:gap-y-2.5 @max-4xl:p-4 @4xl:hover:bg-subtle/60"
          >
            <TableCell className="max-w-80 truncate font-medium @max-4xl:col-span-2" title={tenant.name}>
              <TextLink href={tenant.href}>{tenant.name}</TextLink>
            </TableCell>
            <TableCell label={text("ID")} className="@max-4xl:col-span-2">
              <code className="font-mono text-xs break-all text-muted">{tenant.id}</code>
            </TableCell>
            <TableCell label={text("Created")} className="@4xl:whitespace-nowrap">
              <RelativeTime at={tenant.createdAt} now={now} />
            </TableCell>
            <TableCell label={text("Working tokens")} className="tabular-nums @4xl:pr-4 @4xl:text-right">
              {text.number(tenant.workingTokens)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
