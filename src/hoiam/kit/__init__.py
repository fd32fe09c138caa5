"""Floor 0: pure Python, no Django; usable and testable alone."""
