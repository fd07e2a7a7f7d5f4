-- CreateTable
CREATE TABLE "invite_note" (
    "chatKey" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "untilOn" DATE NOT NULL,

    CONSTRAINT "invite_note_pkey" PRIMARY KEY ("chatKey")
);

-- CreateIndex
CREATE INDEX "invite_note_untilOn_idx" ON "invite_note"("untilOn");
