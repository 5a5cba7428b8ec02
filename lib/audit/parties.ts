import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { auditConditions } from "./conditions";
import type { AuditGrant } from "./queries";
import type { AuditEventView } from "./schema";

export interface AuditActor {
  id: string;
  kind: "user" | "token";
  label: string;
}

const recentEvents = 1000;
const recentTokens = 20;

/** Who did something lately, by name; in a tenant with the tokens that were used last. */
export async function listRecentActors(grant: AuditGrant): Promise<AuditActor[]> {
  const { conditions, values } = auditConditions(grant, { uses: "exclude" });
  const [actors, tokens] = await Promise.all([
    pool.query<AuditActor>(
      `select distinct on (actor_id) actor_id as id, actor_kind as kind, actor_label as label from (
         select actor_id, actor_kind, actor_label, occurred_at from audit_events
         where ${conditions.join(" and ")} and actor_id is not null
         order by occurred_at desc, id desc limit ${recentEvents}
       ) recent order by actor_id, occurred_at desc`,
      values,
    ),
    grant.tenantId === null
      ? []
      : db.token.findMany({
          where: { organizationId: grant.organizationId, tenantId: grant.tenantId, lastUsedAt: { not: null } },
          orderBy: { lastUsedAt: "desc" },
          take: recentTokens,
          select: { id: true, name: true, hint: true },
        }),
  ]);
  const used = tokens.map(({ id, name, hint }): AuditActor => ({ id, kind: "token", label: `${name} (${hint})` }));
  const others = actors.rows.filter(({ id }) => !used.some((token) => token.id === id));
  return [...others, ...used].sort((one, other) => one.label.localeCompare(other.label, "en"));
}

/** The API tokens that events speak of, as they are named today. Those that were deleted since are missing. */
export async function findTokensOf(grant: AuditGrant, events: readonly AuditEventView[]) {
  const ids = events.flatMap(({ actor, target }) => [
    ...(actor.kind === "token" && actor.id !== null ? [actor.id] : []),
    ...(target?.kind === "token" && target.id !== null ? [target.id] : []),
  ]);
  return db.token.findMany({
    where: {
      id: { in: [...new Set(ids)] },
      organizationId: grant.organizationId,
      ...(grant.tenantId === null ? {} : { tenantId: grant.tenantId }),
    },
    select: { id: true, name: true, tenantId: true },
  });
}
