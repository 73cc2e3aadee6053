"""Commands of the job outbox."""
