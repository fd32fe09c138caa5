"""Floor 1: errors, authority, scope, ledger, jobs, outbox, search, blobs, fetch."""
