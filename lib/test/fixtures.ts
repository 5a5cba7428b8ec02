import { randomUUID } from "node:crypto";
import type { RoleId } from "@/lib/access/roles";
import type { Scope } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { generateSecret, hashSecret, secretHint, type TokenKind } from "@/lib/tokens/secret";

/** Rows for tests, made straight in the database: each call makes its own, so tests never meet. */

export interface Place {
  organizationId: string;
  tenantId: string;
}

/** An organization with one tenant. */
export async function createPlace(options: { plan?: "starter" | "business" | "enterprise" } = {}): Promise<Place> {
  const organization = await db.organization.create({
    data: { name: `Organization ${randomUUID()}`, plan: options.plan ?? "business" },
  });
  const tenant = await db.tenant.create({ data: { organizationId: organization.id, name: "east" } });
  return { organizationId: organization.id, tenantId: tenant.id };
}

/** Another tenant of the same organization. */
export async function createTenant(place: Place, name: string = randomUUID()): Promise<Place> {
  const tenant = await db.tenant.create({ data: { organizationId: place.organizationId, name } });
  return { ...place, tenantId: tenant.id };
}

/** A user with a role in the place's organization or, with `only`, in its tenant alone. */
export async function createMember(
  place: Place,
  role: RoleId,
  options: { only?: "tenant"; passwordHash?: string; name?: string } = {},
) {
  return db.user.create({
    data: {
      email: `${role}-${randomUUID()}@example.com`,
      name: options.name ?? `Some ${role}`,
      passwordHash: options.passwordHash ?? null,
      memberships: {
        create: {
          organizationId: place.organizationId,
          tenantId: options.only === "tenant" ? place.tenantId : null,
          role,
        },
      },
    },
    select: { id: true, email: true, name: true, sessionVersion: true },
  });
}

export interface TokenOptions {
  scopes?: readonly Scope[];
  kind?: TokenKind;
  name?: string;
  creatorId?: string;
  expiresAt?: Date | null;
  revokedAt?: Date;
  lastUsedAt?: Date;
  resources?: { datasets?: string[]; pipelines?: string[] };
}

/** A token with its plaintext secret. Its creator is a new owner unless one is named. */
export async function createTokenRow(place: Place, options: TokenOptions = {}) {
  const kind = options.kind ?? "api";
  const secret = generateSecret(kind);
  const creatorId = options.creatorId ?? (await createMember(place, "owner")).id;
  const scopes = [...(options.scopes ?? [])];
  const token = await db.token.create({
    data: {
      kind,
      organizationId: kind === "api" ? place.organizationId : null,
      tenantId: kind === "api" ? place.tenantId : null,
      name: options.name ?? "test token",
      hint: secretHint(secret),
      hash: hashSecret(secret),
      sessionVersion: kind === "personal" ? await sessionVersionOf(creatorId) : null,
      scopes,
      requestedScopes: scopes,
      resources: options.resources ?? Prisma.DbNull,
      createdById: creatorId,
      expiresAt: options.expiresAt ?? null,
      lastUsedAt: options.lastUsedAt ?? null,
      ...(options.revokedAt
        ? { revokedAt: options.revokedAt, revokedById: creatorId, revokedReason: "compromised" as const }
        : {}),
    },
    select: { id: true, name: true, hint: true },
  });
  return { ...token, secret, creatorId };
}

async function sessionVersionOf(userId: string): Promise<number> {
  return (await db.user.findUniqueOrThrow({ where: { id: userId }, select: { sessionVersion: true } })).sessionVersion;
}

/** Another session of the user's, in a browser that nobody has. */
export async function createSessionRow(user: { id: string }) {
  return db.session.create({
    data: { userId: user.id, sessionVersion: await sessionVersionOf(user.id), userAgent: "curl/8.14.1" },
    select: { id: true },
  });
}

/** Events of the place, put on record as the program does; what is not given is the system's. */
export async function addAuditEvents(place: Place, events: readonly Record<string, unknown>[]): Promise<void> {
  const rows = events.map((event, index) => ({
    organization_id: place.organizationId,
    tenant_id: place.tenantId,
    actor_kind: "system",
    actor_label: `system ${index}`,
    action: "token.revoked",
    outcome: "success",
    correlation_id: index.toString(16).padStart(32, "0"),
    ...event,
  }));
  await db.$executeRaw`select append_audit_events(${JSON.stringify(rows)}::jsonb)`;
}

/** A pipeline of the place. */
export async function createPipelineRow(place: Place, name = `pipeline-${randomUUID()}`) {
  return db.pipeline.create({
    data: { ...place, name, signal: "logs", source: "otlp", destination: "s3://bucket" },
    select: { id: true, name: true },
  });
}
