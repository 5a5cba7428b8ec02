-- CreateEnum
CREATE TYPE "SignInMethod" AS ENUM ('password', 'sso');

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "sso_required" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "method" "SignInMethod" NOT NULL DEFAULT 'password';

-- AlterTable
ALTER TABLE "memberships" ADD COLUMN     "from_group" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "tokens" ADD COLUMN     "sign_in_method" "SignInMethod" NOT NULL DEFAULT 'password';

-- CreateTable
CREATE TABLE "sso_identities" (
    "user_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sso_identities_pkey" PRIMARY KEY ("user_id","issuer")
);

-- CreateTable
CREATE TABLE "sso_returns" (
    "state_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sso_returns_pkey" PRIMARY KEY ("state_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "sso_identities_issuer_subject_key" ON "sso_identities"("issuer", "subject");

-- CreateIndex
CREATE INDEX "sso_returns_expires_at_idx" ON "sso_returns"("expires_at");

-- AddForeignKey
ALTER TABLE "sso_identities" ADD CONSTRAINT "sso_identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
