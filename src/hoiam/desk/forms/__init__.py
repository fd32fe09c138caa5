"""Forms of the desk's pages."""
