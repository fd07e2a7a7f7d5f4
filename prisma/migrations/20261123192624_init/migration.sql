-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "area" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "parentId" INTEGER,
    "riskClass" TEXT,
    "electionDay" DATE,
    "aliases" TEXT[],
    "formerCodes" TEXT[],
    "retiredAt" TIMESTAMP(3),

    CONSTRAINT "area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "categories" TEXT[],
    "retiredAt" TIMESTAMP(3),
    "inboxState" TEXT NOT NULL DEFAULT 'unbound',
    "inboxChatId" BIGINT,
    "inboxForum" BOOLEAN NOT NULL DEFAULT false,
    "inboxReason" TEXT,
    "boundAt" TIMESTAMP(3),
    "bindKey" BYTEA,
    "bindUntilAt" TIMESTAMP(3),

    CONSTRAINT "group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_territory" (
    "groupId" INTEGER NOT NULL,
    "areaId" INTEGER NOT NULL,

    CONSTRAINT "group_territory_pkey" PRIMARY KEY ("groupId","areaId")
);

-- CreateTable
CREATE TABLE "supervisor" (
    "id" SERIAL NOT NULL,
    "groupId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'listed',
    "telegramId" BIGINT,
    "enrolKey" BYTEA,
    "enrolUntilAt" TIMESTAMP(3),
    "enrolledAt" TIMESTAMP(3),

    CONSTRAINT "supervisor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" SERIAL NOT NULL,
    "telegramId" BIGINT NOT NULL,
    "role" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'zh-CN',
    "retiredAt" TIMESTAMP(3),

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscriber" (
    "id" SERIAL NOT NULL,
    "chatKey" BYTEA NOT NULL,
    "address" BYTEA NOT NULL,
    "language" TEXT NOT NULL,
    "areaId" INTEGER,
    "state" TEXT NOT NULL,
    "subscribedOn" DATE NOT NULL,

    CONSTRAINT "subscriber_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" SERIAL NOT NULL,
    "reporterKey" BYTEA NOT NULL,
    "dataKey" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "expiresOn" DATE NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tip" (
    "id" SERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "receiptKey" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "areaId" INTEGER NOT NULL,
    "category" TEXT NOT NULL,
    "dataKey" BYTEA,
    "sealed" BYTEA,
    "groupId" INTEGER,
    "routing" BYTEA,
    "filedAt" TIMESTAMP(3) NOT NULL,
    "acknowledgedAt" TIMESTAMP(3),
    "acknowledgedById" INTEGER,

    CONSTRAINT "tip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reporter" (
    "tipId" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "reporter_pkey" PRIMARY KEY ("tipId")
);

-- CreateTable
CREATE TABLE "tip_card" (
    "id" SERIAL NOT NULL,
    "tipId" INTEGER NOT NULL,
    "groupId" INTEGER NOT NULL,
    "chatId" BIGINT NOT NULL,
    "threadId" INTEGER,
    "messageId" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "tip_card_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" SERIAL NOT NULL,
    "draftId" INTEGER,
    "tipId" INTEGER,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "source" BYTEA,
    "sealed" BYTEA,
    "clean" BYTEA,
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_guess" (
    "chatKey" BYTEA NOT NULL,
    "failures" INTEGER NOT NULL,
    "untilAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "status_guess_pkey" PRIMARY KEY ("chatKey")
);

-- CreateTable
CREATE TABLE "update" (
    "updateId" BIGINT NOT NULL,
    "queueKey" BYTEA,
    "payload" BYTEA,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3) NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "reason" TEXT,

    CONSTRAINT "update_pkey" PRIMARY KEY ("updateId")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "lane" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "subject" TEXT,
    "address" BYTEA NOT NULL,
    "body" BYTEA,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3) NOT NULL,
    "leaseToken" TEXT,
    "reason" TEXT,
    "messageId" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_line" (
    "id" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "untilAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "area_code_key" ON "area"("code");

-- CreateIndex
CREATE INDEX "area_parentId_idx" ON "area"("parentId");

-- CreateIndex
CREATE UNIQUE INDEX "group_code_key" ON "group"("code");

-- CreateIndex
CREATE UNIQUE INDEX "group_inboxChatId_key" ON "group"("inboxChatId");

-- CreateIndex
CREATE UNIQUE INDEX "group_bindKey_key" ON "group"("bindKey");

-- CreateIndex
CREATE INDEX "group_territory_areaId_idx" ON "group_territory"("areaId");

-- CreateIndex
CREATE UNIQUE INDEX "supervisor_enrolKey_key" ON "supervisor"("enrolKey");

-- CreateIndex
CREATE INDEX "supervisor_telegramId_idx" ON "supervisor"("telegramId");

-- CreateIndex
CREATE UNIQUE INDEX "supervisor_groupId_name_key" ON "supervisor"("groupId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "supervisor_groupId_telegramId_key" ON "supervisor"("groupId", "telegramId");

-- CreateIndex
CREATE UNIQUE INDEX "staff_telegramId_key" ON "staff"("telegramId");

-- CreateIndex
CREATE UNIQUE INDEX "subscriber_chatKey_key" ON "subscriber"("chatKey");

-- CreateIndex
CREATE INDEX "subscriber_areaId_state_idx" ON "subscriber"("areaId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "draft_reporterKey_key" ON "draft"("reporterKey");

-- CreateIndex
CREATE UNIQUE INDEX "tip_number_key" ON "tip"("number");

-- CreateIndex
CREATE UNIQUE INDEX "tip_receiptKey_key" ON "tip"("receiptKey");

-- CreateIndex
CREATE INDEX "tip_groupId_state_idx" ON "tip"("groupId", "state");

-- CreateIndex
CREATE INDEX "tip_card_tipId_idx" ON "tip_card"("tipId");

-- CreateIndex
CREATE INDEX "tip_card_chatId_messageId_idx" ON "tip_card"("chatId", "messageId");

-- CreateIndex
CREATE INDEX "evidence_draftId_idx" ON "evidence"("draftId");

-- CreateIndex
CREATE INDEX "evidence_tipId_idx" ON "evidence"("tipId");

-- CreateIndex
CREATE INDEX "evidence_state_nextTryAt_idx" ON "evidence"("state", "nextTryAt");

-- CreateIndex
CREATE INDEX "status_guess_untilAt_idx" ON "status_guess"("untilAt");

-- CreateIndex
CREATE INDEX "update_state_updateId_idx" ON "update"("state", "updateId");

-- CreateIndex
CREATE INDEX "update_queueKey_updateId_idx" ON "update"("queueKey", "updateId");

-- CreateIndex
CREATE INDEX "delivery_state_lane_nextTryAt_idx" ON "delivery"("state", "lane", "nextTryAt");

-- CreateIndex
CREATE INDEX "delivery_finishedAt_idx" ON "delivery"("finishedAt");

-- CreateIndex
CREATE UNIQUE INDEX "audit_line_hash_key" ON "audit_line"("hash");

-- AddForeignKey
ALTER TABLE "area" ADD CONSTRAINT "area_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "area"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_territory" ADD CONSTRAINT "group_territory_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_territory" ADD CONSTRAINT "group_territory_areaId_fkey" FOREIGN KEY ("areaId") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supervisor" ADD CONSTRAINT "supervisor_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscriber" ADD CONSTRAINT "subscriber_areaId_fkey" FOREIGN KEY ("areaId") REFERENCES "area"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip" ADD CONSTRAINT "tip_areaId_fkey" FOREIGN KEY ("areaId") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip" ADD CONSTRAINT "tip_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "group"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip" ADD CONSTRAINT "tip_acknowledgedById_fkey" FOREIGN KEY ("acknowledgedById") REFERENCES "supervisor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reporter" ADD CONSTRAINT "reporter_tipId_fkey" FOREIGN KEY ("tipId") REFERENCES "tip"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_card" ADD CONSTRAINT "tip_card_tipId_fkey" FOREIGN KEY ("tipId") REFERENCES "tip"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_card" ADD CONSTRAINT "tip_card_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_draftId_fkey" FOREIGN KEY ("draftId") REFERENCES "draft"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_tipId_fkey" FOREIGN KEY ("tipId") REFERENCES "tip"("id") ON DELETE CASCADE ON UPDATE CASCADE;
