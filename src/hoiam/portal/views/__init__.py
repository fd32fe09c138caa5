"""Public views, one file an area."""
