-- What Prisma's schema cannot say.

ALTER TABLE users ADD CONSTRAINT users_email_lower_case CHECK (email = lower(email));

-- A person has at most one role in an organization as a whole, and one in each tenant of it.
CREATE UNIQUE INDEX memberships_organization_key ON memberships (user_id, organization_id) WHERE tenant_id IS NULL;
CREATE UNIQUE INDEX memberships_tenant_key ON memberships (user_id, organization_id, tenant_id) WHERE tenant_id IS NOT NULL;

ALTER TABLE tokens
  ADD CONSTRAINT tokens_hash_is_sha256 CHECK (octet_length(hash) = 32),
  ADD CONSTRAINT tokens_api_has_tenant CHECK (
    (kind = 'api') = (tenant_id IS NOT NULL AND organization_id IS NOT NULL)
  ),
  ADD CONSTRAINT tokens_revoked_with_reason CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL));

-- The audit log only grows.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_events is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_events_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
