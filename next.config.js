/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // They are logged with their arguments, and some of these are secrets.
  logging: { serverFunctions: false },
  // `npm test` checks types, tests included; a start need not.
  typescript: { ignoreBuildErrors: true },
  // Also makes /_next/image answer 404: nothing here needs images resized.
  images: { unoptimized: true },
  serverExternalPackages: ["@node-rs/argon2", "@prisma/adapter-pg", "pg", "pino"],
  turbopack: { root: import.meta.dirname },
};

export default config;
