"""Writing: taking reports in, screening them, keeping sources, digests."""
