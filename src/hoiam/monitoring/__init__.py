"""Floor 3: sources, collection, captures, items, stories, findings, warnings, digests."""
