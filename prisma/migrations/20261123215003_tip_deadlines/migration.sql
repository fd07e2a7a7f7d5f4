-- AlterTable
ALTER TABLE "supervisor" ADD COLUMN     "lastActedOn" DATE;

-- AlterTable
ALTER TABLE "tip" ADD COLUMN     "acknowledgeBy" TIMESTAMP(3),
ADD COLUMN     "answerBy" TIMESTAMP(3),
ADD COLUMN     "deadlineAt" TIMESTAMP(3),
ADD COLUMN     "deadlineGroupId" INTEGER,
ADD COLUMN     "deadlineStage" TEXT,
ADD COLUMN     "deadlineState" TEXT,
ADD COLUMN     "escalations" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "daily_mark" (
    "task" TEXT NOT NULL,
    "groupId" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "doneAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "daily_mark_pkey" PRIMARY KEY ("task","groupId","day")
);

-- CreateIndex
CREATE INDEX "daily_mark_day_idx" ON "daily_mark"("day");

-- CreateIndex
CREATE INDEX "tip_deadline_due" ON "tip"("deadlineAt") WHERE ("deadlineAt" IS NOT NULL);

-- CreateIndex
CREATE INDEX "tip_deadline_unset" ON "tip"("id") WHERE ("deadlineState" IS DISTINCT FROM state) OR ("deadlineGroupId" IS DISTINCT FROM "groupId");
