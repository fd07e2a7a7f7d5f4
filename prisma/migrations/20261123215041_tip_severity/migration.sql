-- AlterTable
ALTER TABLE "tip" ADD COLUMN     "severity" TEXT NOT NULL DEFAULT 'normal';
