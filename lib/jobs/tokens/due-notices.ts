import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { NoticePlace } from "@/lib/notices/schema";
import { eachPlace } from "../each-place";

/** A token that something is to be said of. */
export interface DueNotice {
  id: string;
  name: string;
  hint: string;
  /** What tells this notice from others about the token: each is given once. */
  kind: string;
  at: Date;
  detail: string;
}

/** The columns of a token `t` that `onceForEach` needs beside `kind`, `at` and `detail`. */
export const dueColumns = Prisma.sql`t.id, t.name, t.hint, t.organization_id, t.tenant_id,
  case t.kind when 'personal' then t.created_by_id end as user_id`;

/**
 * Acts once, ever, on each row that a query finds due: a row of token_notices is written for it in the same
 * transaction, and whoever finds one there leaves it. The query is asked again in the transaction.
 */
export async function onceForEach(
  due: Prisma.Sql,
  act: (transaction: Prisma.TransactionClient, place: NoticePlace, rows: DueNotice[]) => Promise<void>,
): Promise<void> {
  const found = await db.$queryRaw<{ organizationId: string | null; tenantId: string | null; userId: string | null }[]>`
    with due as (${due})
    select distinct organization_id as "organizationId", tenant_id as "tenantId", user_id as "userId" from due
    where not exists (select 1 from token_notices n where n.token_id = due.id and n.kind = due.kind)`;
  const places = found.flatMap(({ organizationId, tenantId, userId }): NoticePlace[] => {
    if (userId !== null) return [{ userId }];
    return organizationId === null || tenantId === null ? [] : [{ organizationId, tenantId }];
  });
  await eachPlace(places, async (transaction, place) => {
    const within =
      "userId" in place ? Prisma.sql`user_id = ${place.userId}::uuid` : Prisma.sql`tenant_id = ${place.tenantId}::uuid`;
    const rows = await transaction.$queryRaw<DueNotice[]>`
      with due as (select * from (${due}) found where ${within}),
      fresh as (
        insert into token_notices (token_id, kind) select id, kind from due
        on conflict do nothing returning token_id, kind
      )
      select due.id, due.name, due.hint, due.kind, due.at, due.detail
      from due join fresh on fresh.token_id = due.id and fresh.kind = due.kind order by due.at, due.id`;
    if (rows.length > 0) await act(transaction, place, rows);
  });
}
