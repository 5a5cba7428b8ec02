-- The log in partitions by month, so that it costs the same however long it is and whole months can be dropped; and
-- recording a use of a token at half the cost.
-- Compatible: the release before finds the table under its name, and the functions that it calls; the old
-- record_token_uses(jsonb, jsonb, int) is for it alone, and may be dropped by the next release.

CREATE TABLE "audit_checkpoints" (
    "chain_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "signature" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "audit_checkpoints_pkey" PRIMARY KEY ("chain_id","sequence")
);

CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_checkpoints_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

ALTER TABLE audit_events RENAME TO audit_events_whole;
ALTER TABLE audit_events_whole DROP CONSTRAINT audit_events_pkey, DROP CONSTRAINT audit_events_hash_is_sha256;
DROP INDEX audit_events_chain_id_sequence_key, audit_events_organization_id_occurred_at_id_idx,
  audit_events_tenant_id_occurred_at_id_idx, audit_events_target_id_occurred_at_idx,
  audit_events_tenant_without_uses_idx, audit_events_organization_without_uses_idx;

CREATE TABLE audit_events (
  LIKE audit_events_whole INCLUDING DEFAULTS,
  -- A unique key of partitions holds the time. That a number is in a chain once rests on the lock of the chain's end.
  CONSTRAINT audit_events_pkey PRIMARY KEY (chain_id, sequence, occurred_at),
  CONSTRAINT audit_events_hash_is_sha256 CHECK (octet_length(hash) = 32)
) PARTITION BY RANGE (occurred_at);

CREATE INDEX "audit_events_organization_id_occurred_at_id_idx" ON "audit_events"("organization_id", "occurred_at", "id");
CREATE INDEX "audit_events_tenant_id_occurred_at_id_idx" ON "audit_events"("tenant_id", "occurred_at", "id");
CREATE INDEX "audit_events_target_id_occurred_at_idx" ON "audit_events"("target_id", "occurred_at");
-- Uses of tokens are most of the log; these find the rest.
CREATE INDEX audit_events_tenant_without_uses_idx ON audit_events (tenant_id, occurred_at, id)
  WHERE action <> 'token.used';
CREATE INDEX audit_events_organization_without_uses_idx ON audit_events (organization_id, occurred_at, id)
  WHERE action <> 'token.used';

CREATE TRIGGER audit_events_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- For what is dated in a month that has no partition, so that no event is ever refused.
CREATE TABLE audit_events_default PARTITION OF audit_events DEFAULT;
CREATE TRIGGER audit_events_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events_default
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Makes the partitions of a time's month and of those after it that are not there yet. A month of which the default
-- partition holds events stays there. Writers of events are not kept waiting; readers may be, for a moment.
CREATE FUNCTION create_audit_partitions(since timestamptz, months_ahead int) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  month timestamp;
  name text;
  has_stray boolean;
BEGIN
  FOR month IN
    SELECT generate_series(first, first + make_interval(months => months_ahead), '1 month')
    FROM date_trunc('month', since AT TIME ZONE 'UTC') AS first
  LOOP
    name := to_char(month, '"audit_events_"YYYY_MM');
    CONTINUE WHEN to_regclass(name) IS NOT NULL;
    LOCK TABLE audit_events IN SHARE UPDATE EXCLUSIVE MODE;
    CONTINUE WHEN to_regclass(name) IS NOT NULL;
    SELECT EXISTS (SELECT FROM audit_events_default WHERE occurred_at >= month AT TIME ZONE 'UTC'
      AND occurred_at < (month + interval '1 month') AT TIME ZONE 'UTC') INTO has_stray;
    CONTINUE WHEN has_stray;
    EXECUTE format('CREATE TABLE %I (LIKE audit_events INCLUDING ALL)', name);
    -- A statement that names the partition itself fires no trigger of the whole.
    EXECUTE format('CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()', name);
    EXECUTE format('ALTER TABLE audit_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name,
      month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
  END LOOP;
END
$$;

SELECT create_audit_partitions(month, 0)
FROM (SELECT DISTINCT date_trunc('month', occurred_at, 'UTC') AS month FROM audit_events_whole) months;
SELECT create_audit_partitions(now(), 3);
INSERT INTO audit_events SELECT * FROM audit_events_whole;
DROP TABLE audit_events_whole;

-- Where each chain stood at the end of the month that a partition holds.
CREATE FUNCTION audit_partition_ends(partition regclass) RETURNS TABLE (chain_id uuid, sequence bigint, hash bytea,
    organization_id uuid, tenant_id uuid)
  LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE format(
    'SELECT last.* FROM audit_chains chain CROSS JOIN LATERAL (
       SELECT chain_id, sequence, hash, organization_id, tenant_id FROM %s event WHERE event.chain_id = chain.id
       ORDER BY event.sequence DESC LIMIT 1) last ORDER BY chain.id', partition);
END
$$;

-- Drops a month of events, at once whatever their number, if the end of each chain in it is kept as a checkpoint.
CREATE FUNCTION drop_audit_partition(partition regclass) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  unready uuid;
BEGIN
  LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE;
  SELECT last.chain_id INTO unready FROM audit_partition_ends(partition) last
  WHERE NOT EXISTS (SELECT FROM audit_checkpoints kept
    WHERE (kept.chain_id, kept.sequence, kept.hash) = (last.chain_id, last.sequence, last.hash)) LIMIT 1;
  IF unready IS NOT NULL THEN
    RAISE EXCEPTION '% cannot be dropped: the end of chain % in it is not kept', partition, unready;
  END IF;
  EXECUTE format('DROP TABLE %s', partition);
END
$$;

-- Both of the next find rows by index whatever the statistics say: their plans are made once for a connection, often
-- while the tables are small, and sequential scans of all tokens would be a third of the cost of a use.

-- Puts events on record: rows of audit_events without id (unless given), time (likewise) and link. The only way rows
-- enter. The end of each chain concerned stays locked until the transaction ends, so this comes last in it, and once.
--
-- A row's content is each of its columns but hash, in the order below, as `octets:text`, or `:` for null; times are in
-- milliseconds since 1970. lib/audit/chain.ts says the same.
CREATE FUNCTION append_audit_rows(events audit_events[]) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off
  SET enable_mergejoin = off AS $$
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
    FROM unnest(events) AS event
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
        '36:', chain_id,
        octet_length(sequence::text), ':', sequence,
        '36:', id,
        octet_length(milliseconds::text), ':', milliseconds,
        coalesce('36:' || organization_id, ':'),
        coalesce('36:' || tenant_id, ':'),
        octet_length(actor_kind::text), ':', actor_kind,
        coalesce('36:' || actor_id, ':'),
        octet_length(actor_label), ':', actor_label,
        octet_length(action), ':', action,
        octet_length(target_kind), ':', target_kind,
        coalesce('36:' || target_id, ':'),
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
        FROM unnest(events) WITH ORDINALITY AS event
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

-- The same for an array of objects whose keys are columns of audit_events.
CREATE OR REPLACE FUNCTION append_audit_events(events jsonb) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM append_audit_rows(ARRAY(
    SELECT event FROM jsonb_populate_recordset(NULL::audit_events, events) AS event));
END
$$;

-- Records uses of tokens. The first arrays have an element for each token: what has become of it, its last use that
-- worked, and all scopes and addresses, separated by spaces. The `use_` ones have an element for each use. Locks tokens
-- in id order, then the chains, and gives up (55P03) when one is held for longer than the patience; 0 waits.
CREATE FUNCTION record_token_uses(
  token_ids uuid[], allowed_counts int[], denied_counts int[], worked boolean[], last_addresses text[],
  last_agents text[], scope_lists text[], address_lists text[],
  use_tokens uuid[], use_hints text[], use_organizations uuid[], use_tenants uuid[], use_outcomes text[],
  use_reasons text[], use_addresses text[], use_agents text[], use_correlations text[], use_details text[],
  patience_milliseconds int
) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off
  SET enable_mergejoin = off AS $$
DECLARE
  used_at CONSTANT timestamptz(3) := clock_timestamp();
  present uuid[];
  moved uuid[];
BEGIN
  PERFORM set_config('lock_timeout', patience_milliseconds::text, true);

  -- A token may have been deleted since it was looked up; from here on none of these can be. One that was used from
  -- there within the second is not moved: each move writes all indexes of tokens.
  SELECT array_agg(id), array_agg(id) FILTER (WHERE is_moved) INTO present, moved FROM (
    SELECT tokens.id, used.worked AND (last_used_at IS NULL OR last_used_at <= used_at - interval '1 second'
      OR last_used_ip IS DISTINCT FROM used.address OR last_used_agent IS DISTINCT FROM used.agent
      OR used.addresses <> coalesce(last_used_ip, '')) AS is_moved
    FROM tokens JOIN unnest(token_ids, worked, last_addresses, last_agents, address_lists)
      AS used(id, worked, address, agent, addresses) ON tokens.id = used.id
    ORDER BY tokens.id FOR NO KEY UPDATE OF tokens
  ) locked;

  INSERT INTO token_usage_days AS counter (token_id, day, allowed, denied)
  SELECT id, (used_at AT TIME ZONE 'UTC')::date, allowed, denied
  FROM unnest(token_ids, allowed_counts, denied_counts) AS used(id, allowed, denied)
  WHERE id = ANY (present)
  ON CONFLICT (token_id, day) DO UPDATE
    SET allowed = counter.allowed + excluded.allowed, denied = counter.denied + excluded.denied;

  -- To the minute, so that a busy token does not write this row with every batch.
  INSERT INTO token_scope_uses (token_id, scope, last_used_at)
  SELECT used.id, scope, used_at
  FROM unnest(token_ids, scope_lists) AS used(id, scopes)
    JOIN tokens ON tokens.id = used.id CROSS JOIN unnest(string_to_array(used.scopes, ' ')) AS scope
  WHERE used.id = ANY (present) AND scope = ANY (tokens.scopes) AND NOT EXISTS (
    SELECT FROM token_scope_uses recent WHERE recent.token_id = used.id AND recent.scope = scope
      AND recent.last_used_at > used_at - interval '1 minute')
  ON CONFLICT (token_id, scope) DO UPDATE SET last_used_at = excluded.last_used_at;

  IF moved IS NOT NULL THEN
    UPDATE tokens SET last_used_at = used_at, last_used_ip = used.address, last_used_agent = used.agent,
      first_used_at = coalesce(first_used_at, used_at)
    FROM unnest(token_ids, last_addresses, last_agents) AS used(id, address, agent)
    WHERE tokens.id = used.id AND used.id = ANY (moved);

    INSERT INTO token_networks (token_id, network, first_seen_at)
    SELECT DISTINCT id, network(set_masklen(origin, CASE family(origin) WHEN 4 THEN 24 ELSE 48 END))::text, used_at
    FROM (SELECT id, unnest(string_to_array(addresses, ' '))::inet AS origin
      FROM unnest(token_ids, address_lists) AS used(id, addresses) WHERE id = ANY (moved)) seen
    ON CONFLICT (token_id, network) DO NOTHING;
  END IF;

  PERFORM append_audit_rows(ARRAY(
    SELECT ROW(NULL, NULL, organization, tenant, 'token', token, hint, 'token.used', 'token', token, hint, outcome,
      reason, address, agent, correlation, details, NULL, NULL, NULL)::audit_events
    FROM unnest(use_tokens, use_hints, use_organizations, use_tenants, use_outcomes, use_reasons, use_addresses,
        use_agents, use_correlations, use_details)
      AS used(token, hint, organization, tenant, outcome, reason, address, agent, correlation, details)));
END
$$;
