-- DropIndex
DROP INDEX "tip_list_groupId_state_idx";

-- DropIndex
DROP INDEX "tip_list_isStale_idx";

-- AlterTable
ALTER TABLE "tip_list" DROP COLUMN "isStale",
ADD COLUMN     "digest" BYTEA NOT NULL;

-- CreateIndex
CREATE INDEX "tip_list_groupId_idx" ON "tip_list"("groupId");

-- CreateIndex
CREATE INDEX "tip_list_state_idx" ON "tip_list"("state");
