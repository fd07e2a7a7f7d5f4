-- DropTable
DROP TABLE "reporter_session";
