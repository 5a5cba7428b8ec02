-- AlterTable
ALTER TABLE "tokens" ADD COLUMN     "session_version" INTEGER;

-- CreateIndex
CREATE INDEX "tokens_created_by_id_created_at_id_idx" ON "tokens"("created_by_id", "created_at", "id");
