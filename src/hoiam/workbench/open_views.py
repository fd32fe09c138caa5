"""Which of Wagtail's views exist in this workbench; every other one answers that nothing stands there."""

OPEN = set()
BULK = set()
PAGE_KEYS = set()
