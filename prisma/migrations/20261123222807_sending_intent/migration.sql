-- CreateTable
CREATE TABLE "sending_intent" (
    "token" TEXT NOT NULL,
    "ids" BIGINT[],

    CONSTRAINT "sending_intent_pkey" PRIMARY KEY ("token")
);
