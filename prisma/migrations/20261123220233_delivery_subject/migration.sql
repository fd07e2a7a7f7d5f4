-- CreateIndex
CREATE INDEX "delivery_subject" ON "delivery"("subject") WHERE (subject IS NOT NULL);
