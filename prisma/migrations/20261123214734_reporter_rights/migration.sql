-- AlterTable
ALTER TABLE "staff" ADD COLUMN     "name" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "tip" ADD COLUMN     "pin" BYTEA,
ALTER COLUMN "receiptKey" DROP NOT NULL;

-- CreateTable
CREATE TABLE "staff_invite" (
    "id" SERIAL NOT NULL,
    "inviteKey" BYTEA NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "untilAt" TIMESTAMP(3) NOT NULL,
    "invitedById" INTEGER NOT NULL,

    CONSTRAINT "staff_invite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reporter_chat" (
    "chatKey" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "reporter_chat_pkey" PRIMARY KEY ("chatKey")
);

-- CreateTable
CREATE TABLE "prompt" (
    "chatKey" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "untilAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "prompt_pkey" PRIMARY KEY ("chatKey")
);

-- CreateTable
CREATE TABLE "identity" (
    "tipId" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("tipId")
);

-- CreateTable
CREATE TABLE "identity_opening" (
    "id" SERIAL NOT NULL,
    "tipId" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "requestedById" INTEGER NOT NULL,
    "reason" BYTEA NOT NULL,
    "untilAt" TIMESTAMP(3) NOT NULL,
    "confirmedById" INTEGER,
    "confirmReason" BYTEA,
    "messageId" INTEGER,
    "hideAt" TIMESTAMP(3),

    CONSTRAINT "identity_opening_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tip_hold" (
    "tipId" INTEGER NOT NULL,
    "reason" BYTEA NOT NULL,
    "staffId" INTEGER NOT NULL,
    "sinceAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "tip_hold_pkey" PRIMARY KEY ("tipId")
);

-- CreateTable
CREATE TABLE "mute" (
    "id" SERIAL NOT NULL,
    "chatKey" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "untilAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "mute_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_invite_inviteKey_key" ON "staff_invite"("inviteKey");

-- CreateIndex
CREATE INDEX "prompt_untilAt_idx" ON "prompt"("untilAt");

-- CreateIndex
CREATE INDEX "identity_opening_tipId_idx" ON "identity_opening"("tipId");

-- CreateIndex
CREATE INDEX "identity_opening_state_hideAt_idx" ON "identity_opening"("state", "hideAt");

-- CreateIndex
CREATE UNIQUE INDEX "mute_chatKey_key" ON "mute"("chatKey");

-- CreateIndex
CREATE INDEX "mute_untilAt_idx" ON "mute"("untilAt");

-- AddForeignKey
ALTER TABLE "staff_invite" ADD CONSTRAINT "staff_invite_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_tipId_fkey" FOREIGN KEY ("tipId") REFERENCES "tip"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_opening" ADD CONSTRAINT "identity_opening_tipId_fkey" FOREIGN KEY ("tipId") REFERENCES "tip"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_opening" ADD CONSTRAINT "identity_opening_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_opening" ADD CONSTRAINT "identity_opening_confirmedById_fkey" FOREIGN KEY ("confirmedById") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_hold" ADD CONSTRAINT "tip_hold_tipId_fkey" FOREIGN KEY ("tipId") REFERENCES "tip"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tip_hold" ADD CONSTRAINT "tip_hold_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
