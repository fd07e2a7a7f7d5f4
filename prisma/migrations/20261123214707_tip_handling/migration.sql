-- AlterTable
ALTER TABLE "tip" ADD COLUMN     "aftercare" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "closedAt" TIMESTAMP(3),
ADD COLUMN     "mainTipId" INTEGER,
ADD COLUMN     "result" TEXT;

-- CreateTable
CREATE TABLE "tip_post" (
    "id" SERIAL NOT NULL,
    "cardId" INTEGER NOT NULL,
    "messageId" INTEGER NOT NULL,

    CONSTRAINT "tip_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tip_message" (
    "id" SERIAL NOT NULL,
    "tipId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "groupId" INTEGER,
    "answersId" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "tip_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tip_prompt" (
    "id" SERIAL NOT NULL,
    "tipId" INTEGER NOT NULL,
    "cardId" INTEGER NOT NULL,
    "supervisorId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "sealed" BYTEA NOT NULL,
    "messageId" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "tip_prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reporter_session" (
    "chatKey" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "untilAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "reporter_session_pkey" PRIMARY KEY ("chatKey")
);

-- CreateIndex
CREATE INDEX "tip_post_messageId_idx" ON "tip_post"("messageId");

-- CreateIndex
CREATE UNIQUE INDEX "tip_post_cardId_messageId_key" ON "tip_post"("cardId", "messageId");

-- CreateIndex
CREATE INDEX "tip_message_tipId_kind_idx" ON "tip_message"("tipId", "kind");

-- CreateIndex
CREATE INDEX "tip_prompt_cardId_state_idx" ON "tip_prompt"("cardId", "state");

-- CreateIndex
CREATE INDEX "tip_prompt_messageId_idx" ON "tip_prompt"("messageId");

-- CreateIndex
CREATE INDEX "reporter_session_untilAt_idx" ON "reporter_session"("untilAt");

-- CreateIndex
CREATE INDEX "tip_mainTipId_idx" ON "tip"("mainTipId");

-- CreateIndex
CREATE INDEX "tip_state_closedAt_idx" ON "tip"("state", "closedAt");

-- AddForeignKey
ALTER TABLE "tip" ADD CONSTRAINT "tip_mainTipId_fkey" FOREIGN KEY ("mainTipId") REFERENCES "tip"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_post" ADD CONSTRAINT "tip_post_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "tip_card"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_message" ADD CONSTRAINT "tip_message_tipId_fkey" FOREIGN KEY ("tipId") REFERENCES "tip"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_prompt" ADD CONSTRAINT "tip_prompt_tipId_fkey" FOREIGN KEY ("tipId") REFERENCES "tip"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_prompt" ADD CONSTRAINT "tip_prompt_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "tip_card"("id") ON DELETE CASCADE ON UPDATE CASCADE;
