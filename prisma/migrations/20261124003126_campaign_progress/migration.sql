-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "progress" JSONB;
