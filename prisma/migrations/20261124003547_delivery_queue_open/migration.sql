-- CreateIndex
CREATE INDEX "delivery_queue_open" ON "delivery_queue"("id") WHERE ("state" = 'open');
