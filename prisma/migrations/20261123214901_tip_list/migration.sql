-- AlterTable
ALTER TABLE "tip_card" ADD COLUMN     "listId" INTEGER,
ADD COLUMN     "messages" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "releasedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "tip_list" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "chatId" BIGINT NOT NULL,
    "messageId" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "lines" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "isStale" BOOLEAN NOT NULL DEFAULT false,
    "editedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "tip_list_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "tip_list_groupId_state_idx" ON "tip_list"("groupId", "state");

-- CreateIndex
CREATE INDEX "tip_list_isStale_idx" ON "tip_list"("isStale");

-- CreateIndex
CREATE INDEX "tip_card_groupId_state_idx" ON "tip_card"("groupId", "state");

-- CreateIndex
CREATE INDEX "tip_card_groupId_releasedAt_idx" ON "tip_card"("groupId", "releasedAt");

-- CreateIndex
CREATE INDEX "tip_card_listId_idx" ON "tip_card"("listId");

-- AddForeignKey
ALTER TABLE "tip_card" ADD CONSTRAINT "tip_card_listId_fkey" FOREIGN KEY ("listId") REFERENCES "tip_list"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_list" ADD CONSTRAINT "tip_list_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
