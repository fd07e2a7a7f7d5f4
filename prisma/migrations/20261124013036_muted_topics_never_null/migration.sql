-- AlterTable
ALTER TABLE "subscriber" ALTER COLUMN "mutedTopics" SET DEFAULT ARRAY[]::TEXT[];

UPDATE "subscriber" SET "mutedTopics" = DEFAULT WHERE "mutedTopics" IS NULL;
