"""Floor 6: the back office, server-rendered pages."""
