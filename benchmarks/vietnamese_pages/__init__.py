"""Team-written Vietnamese pages with their truth: see README.md in this folder."""
