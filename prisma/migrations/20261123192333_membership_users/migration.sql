-- Compatible: few memberships make the index quickly; writers to this table wait for a moment.
-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");
