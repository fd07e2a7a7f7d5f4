-- DropIndex
DROP INDEX "delivery_finishedAt_idx";

-- DropIndex
DROP INDEX "delivery_state_lane_nextTryAt_idx";

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "bodyId" BIGINT,
ADD COLUMN     "coalesceKey" BYTEA,
ADD COLUMN     "queueId" INTEGER;

-- CreateTable
CREATE TABLE "delivery_queue" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "isPaid" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "delivery_queue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_body" (
    "id" BIGSERIAL NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "delivery_body_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_count" (
    "lane" TEXT NOT NULL,
    "queueId" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "delivery_count_pkey" PRIMARY KEY ("lane","queueId","state")
);

-- CreateTable
CREATE TABLE "sent_file" (
    "fileRef" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,
    "sentAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "sent_file_pkey" PRIMARY KEY ("fileRef")
);

-- CreateIndex
CREATE INDEX "delivery_urgent" ON "delivery"("id") WHERE ("state" = 'pending' AND "lane" = 'urgent');

-- CreateIndex
CREATE INDEX "delivery_bulk" ON "delivery"("queueId", "id") WHERE ("state" = 'pending' AND "lane" = 'bulk');

-- CreateIndex
CREATE INDEX "delivery_sending" ON "delivery"("leaseToken") WHERE ("state" = 'sending');

-- CreateIndex
CREATE INDEX "delivery_coalesce" ON "delivery"("coalesceKey") WHERE (state = 'pending' AND "coalesceKey" IS NOT NULL);
