-- What was sealed before goes on in one piece each.

-- CreateTable
CREATE TABLE "evidence_piece" (
    "evidenceId" INTEGER NOT NULL,
    "copy" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "evidence_piece_pkey" PRIMARY KEY ("evidenceId","copy","number")
);

-- Sealed bytes cannot be made smaller, so the server need not try.
ALTER TABLE "evidence_piece" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

-- AddForeignKey
ALTER TABLE "evidence_piece" ADD CONSTRAINT "evidence_piece_evidenceId_fkey" FOREIGN KEY ("evidenceId") REFERENCES "evidence"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "evidence_piece" ("evidenceId", "copy", "number", "bytes")
SELECT "id", 'original', 0, "sealed" FROM "evidence" WHERE "sealed" IS NOT NULL AND "state" = 'ready'
UNION ALL
SELECT "id", 'clean', 0, "clean" FROM "evidence" WHERE "clean" IS NOT NULL AND "state" = 'ready';

-- AlterTable
ALTER TABLE "evidence" DROP COLUMN "clean",
DROP COLUMN "sealed",
ADD COLUMN     "extension" TEXT,
ADD COLUMN     "kind" TEXT,
ADD COLUMN     "sender" TEXT NOT NULL DEFAULT 'reporter',
ADD COLUMN     "sha256" TEXT;

UPDATE "evidence" SET "kind" = 'photo', "extension" = 'jpg' WHERE "state" = 'ready';
