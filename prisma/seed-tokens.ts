import { db } from "@/lib/db/client";

const chunkSize = 20_000;

/**
 * Adds many tokens to a tenant, for trying scale: names, ages, expiries and last uses as a large organization has them.
 * Their hashes are of nothing, so no secret opens them. Calls back after each chunk with the number added so far.
 */
export async function seedTokens(tenantId: string, count: number, onProgress: (added: number) => void): Promise<void> {
  for (let added = 0; added < count; added += chunkSize) {
    const size = Math.min(chunkSize, count - added);
    await db.$executeRaw`
      insert into tokens (id, kind, organization_id, tenant_id, name, hint, hash, permission_set, scopes,
        requested_scopes, created_at, created_by_id, expires_at, last_used_at, revoked_at, revoked_by_id, revoked_reason)
      select gen_random_uuid(), 'api', t.organization_id, t.id,
        (array['deploy','collector','exporter','dashboard','backup','ci','edge','billing'])[1 + n % 8] || '-'
          || (array['oslo','lyon','graz','porto','turku','gent','brno','cork'])[1 + (n / 8) % 8] || '-' || n,
        'pxt_…' || substr(md5(n::text), 1, 4),
        sha256(gen_random_uuid()::text::bytea),
        (array['read-only','data-access',null])[1 + n % 3],
        s.scopes, s.scopes,
        now() - random() * interval '700 days', c.id,
        case n % 10 when 0 then null when 1 then now() + random() * interval '14 days'
          when 2 then now() - random() * interval '300 days' else now() + random() * interval '360 days' end,
        case when n % 6 = 0 then null else now() - random() * random() * interval '400 days' end,
        case when n % 12 = 5 then now() - random() * interval '200 days' end,
        case when n % 12 = 5 then c.id end,
        case when n % 12 = 5 then 'unused'::"RevokedReason" end
      from generate_series(${added}::int, ${added + size - 1}::int) n
      cross join (select id, organization_id from tenants where id = ${tenantId}::uuid) t
      cross join lateral (select user_id as id from memberships where organization_id = t.organization_id
        order by created_at limit 1) c
      cross join lateral (select case n % 3
        when 0 then array['pipeline:read','collector:read','metrics:read']
        when 1 then array['pipeline:read','pipeline:write','collector:read','collector:write','metrics:read','metrics:write']
        else array['metrics:write'] end as scopes) s`;
    onProgress(added + size);
  }
  await db.$executeRaw`analyze tokens`;
}
