import { randomBytes } from "node:crypto";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { hashPassword } from "@/lib/passwords";
import { sampleDatasets, samplePipelines } from "./sample-data";

export type SeedResult =
  | { created: false }
  | {
      created: true;
      adminPassword: string;
      passwordWasGenerated: boolean;
      sampleEmails: string[];
      /** The path of the first tenant's API tokens. */
      tenantUrlPath: string;
    };

// Two instances that start at once on an empty database must seed it once.
const seedLock = 7_110_116;

/**
 * Fills an empty database: organization Acme with tenants east and west, its owner, pipelines and datasets; to try roles
 * out, also one member of each other role. These share the owner's password, and their addresses are known to everyone.
 */
export async function seedIfEmpty(options: {
  adminEmail: string;
  adminPassword?: string | undefined;
  sampleMembers: boolean;
}): Promise<SeedResult> {
  const adminPassword = options.adminPassword ?? randomBytes(15).toString("base64url");
  return db.$transaction(
    async (transaction): Promise<SeedResult> => {
      await transaction.$executeRaw`select pg_advisory_xact_lock(${seedLock})`;
      if ((await transaction.user.findFirst({ select: { id: true } })) !== null) return { created: false };
      const passwordHash = await hashPassword(adminPassword);
      const acme = await transaction.organization.create({ data: { name: "Acme", plan: "business" } });
      const organizationId = acme.id;
      const east = await transaction.tenant.create({ data: { organizationId, name: "east" } });
      const west = await transaction.tenant.create({ data: { organizationId, name: "west" } });
      const owner = { email: options.adminEmail, name: "Grace Okafor", role: "owner", tenantId: null } as const;
      const samples = [
        { email: "admin@acme.example", name: "Adam Lindqvist", role: "admin", tenantId: null },
        { email: "editor@acme.example", name: "Edith Moreau", role: "editor", tenantId: null },
        { email: "viewer@acme.example", name: "Viktor Haas", role: "viewer", tenantId: east.id },
      ] as const;
      const others = options.sampleMembers ? samples : [];
      for (const { email, name, role, tenantId } of [owner, ...others])
        await transaction.user.create({
          data: { email, name, passwordHash, memberships: { create: { organizationId, tenantId, role } } },
        });
      for (const tenant of [east, west]) {
        const owned = { organizationId, tenantId: tenant.id };
        await transaction.pipeline.createMany({
          data: samplePipelines(tenant.name).map(
            (pipeline): Prisma.PipelineCreateManyInput => ({ ...pipeline, ...owned }),
          ),
        });
        await transaction.dataset.createMany({ data: sampleDatasets.map((name) => ({ name, ...owned })) });
      }
      const query = new URLSearchParams({
        tenant: east.id,
        tenantName: east.name,
        orgId: organizationId,
        tab: "api-tokens",
      });
      return {
        created: true,
        adminPassword,
        passwordWasGenerated: options.adminPassword === undefined,
        sampleEmails: others.map(({ email }) => email),
        tenantUrlPath: `/identity/settings/tenant?${query}`,
      };
    },
    { timeout: 30_000 },
  );
}
