import { resolve } from "node:path";
import { z } from "zod";
import { readAuditSigningKey } from "@/lib/audit/signing-key-setting";
import { readSigningKeys } from "@/lib/leaks/keys";
import { readRoleMap } from "@/lib/sso/role-map";

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "expected a URL like postgresql://user:password@host:5432/database",
});
const addressOrRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: "expected addresses or ranges, like 10.0.0.1, 10.1.0.0/16",
});

const schema = z
  .object({
    PORT: wholeNumber(1, 65_535).default(3000),
    HOST: host().default("127.0.0.1"),
    DATA_DIR: z
      .string()
      .default(".data")
      .transform((path) => resolve(/* turbopackIgnore: true */ path)),
    DATABASE_URL: postgresUrl.optional(),
    /** What was configured, if anything. The secret in use is process.env.NEXTAUTH_SECRET, set by server.ts. */
    AUTH_SECRET: z.string().min(32, "expected at least 32 characters").optional(),
    AUTH_URL: z
      .url({ protocol: /^https?$/, error: "expected the public address, like https://identity.example.com" })
      .optional(),
    ADMIN_EMAIL: z.email("expected an e-mail address").toLowerCase().default("admin@example.com"),
    ADMIN_PASSWORD: z.string().min(15, "expected at least 15 characters").optional(),
    CONTEXT_HEADERS: choice("optional", "required").default("optional"),
    TRUSTED_PROXIES: z
      .string()
      .default("")
      .transform((list) => list.split(",").flatMap((item) => item.trim() || []))
      .pipe(z.array(addressOrRange))
      .transform((list): readonly string[] => list),
    REDIS_URL: z.url({ protocol: /^rediss?$/, error: "expected a URL like redis://host:6379" }).optional(),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: "expected a URL like smtps://user:password@mail.example.com:465" })
      .optional(),
    SMTP_FROM: z.string().min(3, 'expected a sender, like "Praxis <praxis@example.com>"').optional(),
    WEBHOOK_PRIVATE_ADDRESSES: choice("refuse", "allow").default("refuse"),
    RATE_LIMIT_TOKEN: rateLimit("6000/60"),
    RATE_LIMIT_FAILED_AUTH: rateLimit("300/60"),
    RATE_LIMIT_SIGN_IN: rateLimit("10/900"),
    RATE_LIMIT_SIGN_IN_ADDRESS: rateLimit("100/900"),
    SESSION_IDLE_SECONDS: wholeNumber(60, 34_560_000).default(12 * 60 * 60),
    SESSION_LIFETIME_SECONDS: wholeNumber(60, 34_560_000).default(30 * 24 * 60 * 60),
    /** How long a password that was given counts for what needs it anew. */
    REAUTHENTICATION_WINDOW_SECONDS: z
      .union([z.literal("off"), wholeNumber(1, 34_560_000)], 'expected seconds, like 900, or "off"')
      .default(15 * 60),
    /** The OpenID provider at which members sign in; over plain HTTP on this machine only. */
    OIDC_ISSUER: z
      .url({ protocol: /^https?$/, error: "expected the provider's address, like https://login.example.com" })
      .refine(isHttpsOrLocal, "expected https; http is for a provider on this machine")
      .optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    /** What people call the provider. */
    OIDC_NAME: z.string().trim().min(1).max(40, "expected at most 40 characters").default("SSO"),
    OIDC_SCOPES: z
      .string()
      .regex(/^openid( |$)/, 'expected scopes that begin with openid, like "openid email profile"')
      .default("openid email profile"),
    OIDC_GROUPS_CLAIM: z.string().default("groups"),
    /** Which groups there have which roles here. */
    OIDC_ROLE_MAP: z
      .string()
      .default("[]")
      .transform((setting, context) => {
        const read = readRoleMap(setting);
        if (read.ok) return read.rules;
        context.addIssue({ code: "custom", message: read.problem });
        return z.NEVER;
      }),
    OIDC_SESSION_SECONDS: wholeNumber(60, 34_560_000).default(12 * 60 * 60),
    /** Who may report leaked secrets; without it there is no such operation. */
    LEAK_REPORT_KEYS: z
      .string()
      .transform((setting, context) => {
        const read = readSigningKeys(setting);
        if (read.ok) return read.keys;
        context.addIssue({ code: "custom", message: read.problem });
        return z.NEVER;
      })
      .optional(),
    /** The key that signs heads of the audit log; without it, one kept in DATA_DIR does. */
    AUDIT_SIGNING_KEY: z
      .string()
      .transform((setting, context) => {
        const key = readAuditSigningKey(setting);
        if (key) return key;
        context.addIssue({
          code: "custom",
          message: "expected an Ed25519 private key as PEM, or a file that holds one",
        });
        return z.NEVER;
      })
      .optional(),
    /** How long audit events are kept, in days; without it, for ever. */
    AUDIT_RETENTION_DAYS: wholeNumber(1, 36_500).optional(),
    ACCESS_LOG: choice("durable", "buffered", "off").default("durable"),
    /** Processes that serve; one other starts and watches them when there are several. */
    WORKERS: wholeNumber(1, 64).default(1),
    /** Where Prometheus finds this instance's metrics; without it, nothing is measured. */
    METRICS_PORT: wholeNumber(1, 65_535).optional(),
    METRICS_HOST: host().default("127.0.0.1"),
    LOG_LEVEL: choice("fatal", "error", "warn", "info", "debug", "trace", "silent").default("info"),
  })
  .refine((settings) => settings.METRICS_PORT !== settings.PORT, {
    error: "expected another port than PORT",
    path: ["METRICS_PORT"],
  })
  .refine(
    ({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }) =>
      new Set([OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET].map((value) => value === undefined)).size === 1,
    {
      error: "give OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET together; single sign-on needs all three",
      path: ["OIDC_ISSUER"],
    },
  )
  .refine(({ OIDC_ISSUER, OIDC_ROLE_MAP }) => OIDC_ISSUER !== undefined || OIDC_ROLE_MAP.length === 0, {
    error: "without OIDC_ISSUER there are no groups to map",
    path: ["OIDC_ROLE_MAP"],
  })
  .refine((settings) => (settings.SMTP_URL === undefined) === (settings.SMTP_FROM === undefined), {
    error: "give SMTP_URL and SMTP_FROM together; e-mail needs both",
    path: ["SMTP_FROM"],
  });

/** At most `count` in each `seconds`. */
export type RateLimitSetting = { count: number; seconds: number } | "off";
export type Env = z.output<typeof schema>;
export type EnvResult = { ok: true; env: Env } | { ok: false; problems: string[] };

/** The settings of this process, read once; a bad one ends the process with a message that names it. */
export const env = readOrExit();

/** Reads the settings from a set of environment variables; an empty one counts as absent. */
export function parseEnv(source: Record<string, string | undefined>): EnvResult {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (result.success) return { ok: true, env: result.data };
  const problems = new Map(result.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  return { ok: false, problems: [...problems].map(([name, message]) => `${name}: ${message}`) };
}

function readOrExit(): Env {
  const result = parseEnv(process.env);
  if (result.ok) return result.env;
  process.stderr.write("\n✗ These settings (environment or .env) cannot be used:\n");
  for (const problem of result.problems) process.stderr.write(`    ${problem}\n`);
  process.exit(1);
}

function isHttpsOrLocal(address: string): boolean {
  // That it is no URL at all is said already.
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

function host() {
  return z.string().regex(/^[\w.:-]+$/, "expected a host name or an address to listen on");
}

function wholeNumber(min: number, max: number) {
  const message = `expected a whole number from ${min} to ${max}`;
  return z.string().regex(/^\d+$/, message).transform(Number).pipe(z.number().min(min, message).max(max, message));
}

function choice<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values, `expected one of ${values.join(", ")}`);
}

function rateLimit(fallback: string) {
  const message = 'expected count/seconds, like 6000/60, or "off"';
  return z
    .string()
    .regex(/^([1-9]\d{0,8}\/[1-9]\d{0,5}|off)$/, message)
    .default(fallback)
    .transform((text): RateLimitSetting => {
      const [count, seconds] = text.split("/").map(Number);
      return count === undefined || seconds === undefined ? "off" : { count, seconds };
    });
}
