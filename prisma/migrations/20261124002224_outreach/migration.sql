-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "recipientId" INTEGER,
ADD COLUMN     "targetId" INTEGER;

-- AlterTable
ALTER TABLE "delivery_queue" ADD COLUMN     "sendFrom" INTEGER,
ADD COLUMN     "sendUntil" INTEGER;

-- AlterTable
ALTER TABLE "subscriber" ADD COLUMN     "hour" INTEGER,
ADD COLUMN     "mutedTopics" TEXT[],
ADD COLUMN     "pausedUntil" DATE,
ADD COLUMN     "role" TEXT NOT NULL DEFAULT 'villager';

-- CreateTable
CREATE TABLE "invite_count" (
    "code" TEXT NOT NULL,
    "areaId" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "joined" INTEGER NOT NULL,

    CONSTRAINT "invite_count_pkey" PRIMARY KEY ("code","areaId","day")
);

-- CreateTable
CREATE TABLE "distributor" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "retiredAt" TIMESTAMP(3),

    CONSTRAINT "distributor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_series" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "content_series_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "seriesId" INTEGER,
    "place" INTEGER,
    "isOneOff" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "content_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_version" (
    "id" SERIAL NOT NULL,
    "contentId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "texts" JSONB NOT NULL,
    "source" TEXT NOT NULL DEFAULT '',
    "sourceUrl" TEXT NOT NULL DEFAULT '',
    "issuedOn" DATE,
    "validFrom" DATE,
    "validUntil" DATE,
    "isSample" BOOLEAN NOT NULL DEFAULT false,
    "authorId" INTEGER,
    "publishedById" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "checkedAt" TIMESTAMP(3),
    "publishedAt" TIMESTAMP(3),

    CONSTRAINT "content_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_read" (
    "subscriberId" INTEGER NOT NULL,
    "contentId" INTEGER NOT NULL,
    "readOn" DATE,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "isRight" BOOLEAN,
    "step" INTEGER NOT NULL DEFAULT 0,
    "askOn" DATE,

    CONSTRAINT "content_read_pkey" PRIMARY KEY ("subscriberId","contentId")
);

-- CreateTable
CREATE TABLE "reminder" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "cron" TEXT,
    "offsetDays" INTEGER,
    "atMinute" INTEGER,
    "contentId" INTEGER,
    "seriesId" INTEGER,
    "seriesPlace" INTEGER NOT NULL DEFAULT 0,
    "audience" JSONB NOT NULL,
    "missed" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "nextAt" TIMESTAMP(3),
    "createdById" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminder_run" (
    "id" SERIAL NOT NULL,
    "reminderId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "state" TEXT NOT NULL,
    "versionId" INTEGER,
    "queueId" INTEGER,
    "recipients" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "ranAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "reminder_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminder_area" (
    "reminderId" INTEGER NOT NULL,
    "areaId" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "electionDay" DATE NOT NULL,
    "runId" INTEGER NOT NULL,

    CONSTRAINT "reminder_area_pkey" PRIMARY KEY ("reminderId","areaId","year")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'broadcast',
    "state" TEXT NOT NULL,
    "versionId" INTEGER,
    "buttons" JSONB NOT NULL,
    "audience" JSONB NOT NULL,
    "originId" INTEGER,
    "startAt" TIMESTAMP(3),
    "overridesQuiet" BOOLEAN NOT NULL DEFAULT false,
    "isPaid" BOOLEAN NOT NULL DEFAULT false,
    "createdById" INTEGER NOT NULL,
    "approvedById" INTEGER,
    "queueId" INTEGER,
    "recipients" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "progressMessage" INTEGER,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_prompt" (
    "staffId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "untilAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "staff_prompt_pkey" PRIMARY KEY ("staffId")
);

-- CreateIndex
CREATE UNIQUE INDEX "distributor_code_key" ON "distributor"("code");

-- CreateIndex
CREATE UNIQUE INDEX "content_series_code_key" ON "content_series"("code");

-- CreateIndex
CREATE UNIQUE INDEX "content_code_key" ON "content"("code");

-- CreateIndex
CREATE UNIQUE INDEX "content_seriesId_place_key" ON "content"("seriesId", "place");

-- CreateIndex
CREATE UNIQUE INDEX "content_version_contentId_number_key" ON "content_version"("contentId", "number");

-- CreateIndex
CREATE INDEX "content_read_contentId_idx" ON "content_read"("contentId");

-- CreateIndex
CREATE INDEX "content_read_due" ON "content_read"("askOn") WHERE ("askOn" IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "reminder_code_key" ON "reminder"("code");

-- CreateIndex
CREATE INDEX "reminder_state_nextAt_idx" ON "reminder"("state", "nextAt");

-- CreateIndex
CREATE INDEX "reminder_run_state_idx" ON "reminder_run"("state");

-- CreateIndex
CREATE UNIQUE INDEX "reminder_run_reminderId_key_key" ON "reminder_run"("reminderId", "key");

-- CreateIndex
CREATE INDEX "reminder_area_runId_idx" ON "reminder_area"("runId");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_queueId_key" ON "campaign"("queueId");

-- CreateIndex
CREATE INDEX "campaign_state_startAt_idx" ON "campaign"("state", "startAt");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_recipient" ON "delivery"("queueId", "recipientId") WHERE ("recipientId" IS NOT NULL);

-- AddForeignKey
ALTER TABLE "content" ADD CONSTRAINT "content_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "content_series"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "content_version" ADD CONSTRAINT "content_version_contentId_fkey" FOREIGN KEY ("contentId") REFERENCES "content"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "content_version" ADD CONSTRAINT "content_version_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "content_version" ADD CONSTRAINT "content_version_publishedById_fkey" FOREIGN KEY ("publishedById") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "content_read" ADD CONSTRAINT "content_read_subscriberId_fkey" FOREIGN KEY ("subscriberId") REFERENCES "subscriber"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "content_read" ADD CONSTRAINT "content_read_contentId_fkey" FOREIGN KEY ("contentId") REFERENCES "content"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_contentId_fkey" FOREIGN KEY ("contentId") REFERENCES "content"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_run" ADD CONSTRAINT "reminder_run_reminderId_fkey" FOREIGN KEY ("reminderId") REFERENCES "reminder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_area" ADD CONSTRAINT "reminder_area_reminderId_fkey" FOREIGN KEY ("reminderId") REFERENCES "reminder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_area" ADD CONSTRAINT "reminder_area_runId_fkey" FOREIGN KEY ("runId") REFERENCES "reminder_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "content_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_originId_fkey" FOREIGN KEY ("originId") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_approvedById_fkey" FOREIGN KEY ("approvedById") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_prompt" ADD CONSTRAINT "staff_prompt_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
