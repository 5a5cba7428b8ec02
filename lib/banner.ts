import type { SeedResult } from "@/prisma/seed";
import { bold, grey } from "@/scripts/steps.mjs";

type Seeded = Extract<SeedResult, { created: true }>;

/** What the operator must know after the first start, and only then. */
export function firstRunBanner(url: string, adminEmail: string, seeded: Seeded): string {
  const password = seeded.passwordWasGenerated ? seeded.adminPassword : "the ADMIN_PASSWORD you set";
  const samples =
    seeded.sampleEmails.length === 0
      ? ""
      : `
    Samples    ${seeded.sampleEmails.join(", ")} ${grey("(same password)")}`;
  const keep = seeded.passwordWasGenerated ? grey("  shown only now: keep it") : "";
  return `
  ${bold("Sign in")}
    E-mail     ${adminEmail}
    Password   ${password}${keep}${samples}

  ${bold("Your first token")}
    1. Create it at ${url}${seeded.tenantUrlPath}
    2. Use it:      curl -i -H "Authorization: Bearer <the secret>" ${url}/identity/tokens/self
`;
}

/** Where the service is. */
export function readyBanner(url: string, adminEmail: string): string {
  return `
  ${bold("Praxis Identity is ready")}   ${url}   ${grey("Ctrl-C stops it")}

    Sign in as ${adminEmail}
    curl -i ${url}/readyz

`;
}
