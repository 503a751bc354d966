"""An order from stock to receipt: retries, a durable timer and an approval by signal."""
