-- A chain of hashes for each tenant, so that no past event is changed, added or taken out unnoticed.

CREATE INDEX "token_networks_first_seen_at_idx" ON "token_networks"("first_seen_at");

-- Events from before are linked below, by the one function that links any.
CREATE TEMPORARY TABLE unlinked ON COMMIT DROP AS SELECT * FROM audit_events;
ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only;
TRUNCATE audit_events;
ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only;

ALTER TABLE audit_events
  ADD COLUMN chain_id UUID NOT NULL,
  ADD COLUMN sequence BIGINT NOT NULL,
  ADD COLUMN hash BYTEA NOT NULL,
  ADD CONSTRAINT audit_events_hash_is_sha256 CHECK (octet_length(hash) = 32);

CREATE UNIQUE INDEX "audit_events_chain_id_sequence_key" ON "audit_events"("chain_id", "sequence");
CREATE INDEX "audit_events_organization_id_occurred_at_id_idx" ON "audit_events"("organization_id", "occurred_at", "id");
-- Uses of tokens are most of the log; these find the rest.
CREATE INDEX audit_events_tenant_without_uses_idx ON audit_events (tenant_id, occurred_at, id)
  WHERE action <> 'token.used';
CREATE INDEX audit_events_organization_without_uses_idx ON audit_events (organization_id, occurred_at, id)
  WHERE action <> 'token.used';

-- One link: the hash of the link before (of the first row: that of the chain's end) and of a row's content.
CREATE FUNCTION audit_link_step(state bytea, previous bytea, content text) RETURNS bytea
  LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN sha256(coalesce(state, previous) || convert_to(content, 'UTF8'));
END
$$;

CREATE AGGREGATE audit_link(previous bytea, content text) (SFUNC = audit_link_step, STYPE = bytea);

-- A UUIDv7 (RFC 9562) for the event at a position of those appended at once: ids are in the order of time and position.
CREATE FUNCTION audit_event_id(appended_at timestamptz, place bigint) RETURNS uuid
  LANGUAGE sql VOLATILE AS $$
  SELECT encode(overlay(uuid_send(gen_random_uuid())
    PLACING int8send(trunc(extract(epoch FROM appended_at) * 1000)::bigint << 16 | x'7000'::bigint | least(place, 4095))
    FROM 1 FOR 8), 'hex')::uuid
$$;

-- Puts events on record: an array of objects whose keys are columns of audit_events. The only way rows enter. The end of
-- each chain concerned stays locked until the transaction ends, so this comes last in it, and once.
--
-- A row's content is each of its columns but hash, in the order below, as `octets:text`, or `:` for null; times are in
-- milliseconds since 1970. lib/audit/chain.ts says the same.
CREATE FUNCTION append_audit_events(events jsonb) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  nowhere CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
  chains uuid[];
  sequences bigint[];
  hashes bytea[];
  appended_at timestamptz(3);
BEGIN
  -- In id order, so that no two transactions wait for each other.
  WITH locked AS (
    INSERT INTO audit_chains AS chain (id, sequence, hash)
    SELECT DISTINCT coalesce(event.tenant_id, event.organization_id, nowhere), 0, decode(repeat('00', 32), 'hex')
    FROM jsonb_to_recordset(events) AS event(organization_id uuid, tenant_id uuid)
    ORDER BY 1
    ON CONFLICT (id) DO UPDATE SET sequence = chain.sequence
    RETURNING id, sequence, hash
  )
  SELECT array_agg(id), array_agg(sequence), array_agg(hash) INTO chains, sequences, hashes FROM locked;

  -- Under the lock, so that the times of a chain are in its order.
  appended_at := clock_timestamp();

  WITH linked AS (
    INSERT INTO audit_events (id, occurred_at, organization_id, tenant_id, actor_kind, actor_id, actor_label, action,
      target_kind, target_id, target_label, outcome, reason, address, user_agent, correlation_id, details, chain_id,
      sequence, hash)
    SELECT id, occurred_at, organization_id, tenant_id, actor_kind, actor_id, actor_label, action, target_kind,
      target_id, target_label, outcome, reason, address, user_agent, correlation_id, details, chain_id, sequence,
      audit_link(previous, concat(
        octet_length(chain_id::text), ':', chain_id,
        octet_length(sequence::text), ':', sequence,
        octet_length(id::text), ':', id,
        octet_length(milliseconds::text), ':', milliseconds,
        octet_length(organization_id::text), ':', organization_id,
        octet_length(tenant_id::text), ':', tenant_id,
        octet_length(actor_kind::text), ':', actor_kind,
        octet_length(actor_id::text), ':', actor_id,
        octet_length(actor_label), ':', actor_label,
        octet_length(action), ':', action,
        octet_length(target_kind), ':', target_kind,
        octet_length(target_id::text), ':', target_id,
        octet_length(target_label), ':', target_label,
        octet_length(outcome::text), ':', outcome,
        octet_length(reason), ':', reason,
        octet_length(address), ':', address,
        octet_length(user_agent), ':', user_agent,
        octet_length(correlation_id), ':', correlation_id,
        octet_length(details::text), ':', details
      )) OVER (PARTITION BY chain_id ORDER BY position ROWS UNBOUNDED PRECEDING)
    FROM (
      SELECT given.*, trunc(extract(epoch FROM occurred_at) * 1000) AS milliseconds
      FROM (
        SELECT coalesce(event.id, audit_event_id(appended_at, event.ordinality)) AS id, coalesce(event.occurred_at, appended_at) AS occurred_at,
          event.organization_id, event.tenant_id, event.actor_kind, event.actor_id, event.actor_label, event.action,
          event.target_kind, event.target_id, event.target_label, event.outcome, event.reason, event.address,
          event.user_agent, event.correlation_id, coalesce(event.details, '{}') AS details, event.ordinality AS position,
          chain.id AS chain_id, chain.hash AS previous,
          chain.sequence + row_number() OVER (PARTITION BY chain.id ORDER BY event.ordinality) AS sequence
        FROM jsonb_populate_recordset(NULL::audit_events, events) WITH ORDINALITY AS event
        JOIN unnest(chains, sequences, hashes) AS chain(id, sequence, hash)
          ON chain.id = coalesce(event.tenant_id, event.organization_id, nowhere)
      ) given
    ) event
    RETURNING chain_id, sequence, hash
  )
  UPDATE audit_chains chain SET sequence = last.sequence, hash = last.hash
  FROM (SELECT DISTINCT ON (chain_id) chain_id, sequence, hash FROM linked ORDER BY chain_id, sequence DESC) last
  WHERE chain.id = last.chain_id;
END
$$;

-- Records uses of tokens: `uses` says once for each token what has become of it, and `events` are those of each use.
-- Locks tokens in id order, then the chains, and gives up (55P03) when one is held for longer than the patience; 0 waits.
CREATE FUNCTION record_token_uses(uses jsonb, events jsonb, patience_milliseconds int) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  used_at CONSTANT timestamptz(3) := clock_timestamp();
  present uuid[];
BEGIN
  PERFORM set_config('lock_timeout', patience_milliseconds::text, true);

  -- A token may have been deleted since it was looked up; from here on none of these can be.
  SELECT array_agg(id) INTO present FROM (
    SELECT id FROM tokens
    WHERE id = ANY (ARRAY(SELECT token_id FROM jsonb_to_recordset(uses) AS used(token_id uuid)))
    ORDER BY id FOR NO KEY UPDATE
  ) locked;

  WITH used AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(uses) AS used(token_id uuid, allowed int, denied int, worked boolean,
      address text, user_agent text, scopes text[], addresses inet[])
    WHERE token_id = ANY (present)
  ), moved AS (
    UPDATE tokens SET last_used_at = used_at, last_used_ip = used.address, last_used_agent = used.user_agent,
      first_used_at = coalesce(first_used_at, used_at)
    FROM used WHERE tokens.id = used.token_id AND used.worked
  ), counted AS (
    INSERT INTO token_usage_days AS counter (token_id, day, allowed, denied)
    SELECT token_id, (used_at AT TIME ZONE 'UTC')::date, allowed, denied FROM used
    ON CONFLICT (token_id, day) DO UPDATE
      SET allowed = counter.allowed + excluded.allowed, denied = counter.denied + excluded.denied
  ), scoped AS (
    -- To the minute, so that a busy token does not write this row with every batch.
    INSERT INTO token_scope_uses (token_id, scope, last_used_at)
    SELECT used.token_id, scope, used_at
    FROM used JOIN tokens ON tokens.id = used.token_id CROSS JOIN unnest(used.scopes) AS scope
    WHERE scope = ANY (tokens.scopes) AND NOT EXISTS (
      SELECT FROM token_scope_uses recent WHERE recent.token_id = used.token_id AND recent.scope = scope
        AND recent.last_used_at > used_at - interval '1 minute')
    ON CONFLICT (token_id, scope) DO UPDATE SET last_used_at = excluded.last_used_at
  )
  INSERT INTO token_networks (token_id, network, first_seen_at)
  SELECT DISTINCT token_id, network(set_masklen(origin, CASE family(origin) WHEN 4 THEN 24 ELSE 48 END))::text, used_at
  FROM used CROSS JOIN unnest(addresses) AS origin
  ON CONFLICT (token_id, network) DO NOTHING;

  PERFORM append_audit_events(events);
END
$$;

DO $$
DECLARE
  part jsonb;
BEGIN
  FOR part IN
    SELECT jsonb_agg(to_jsonb(numbered) ORDER BY occurred_at, id)
    FROM (SELECT *, row_number() OVER (ORDER BY occurred_at, id) / 10000 AS number FROM unlinked) numbered
    GROUP BY number ORDER BY number
  LOOP
    PERFORM append_audit_events(part);
  END LOOP;
END
$$;
