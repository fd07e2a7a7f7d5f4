-- AlterTable
ALTER TABLE "reminder_area" ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'had';
