"""The full tier: trafilatura, for pages the other tiers cannot be trusted with. No network is touched."""

import logging

from hoiam.kit.news.limits import safe_length

# trafilatura logs every odd page as a warning or error; what matters to us is the text it returns.
for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


# Tables cost it the square of their cells: a page of more tags than any article has is left to the fast tier.
MAX_TAGS = 30_000
# It looks at a text line by line and sign by sign: eight megabytes of one line took 3.9 s.
MAX_CHARACTERS = 2_000_000


def full_body(html: str) -> list[str]:
    """The paragraphs trafilatura finds; an empty list when it finds none or the page is too large for it."""
    if len(html) > MAX_CHARACTERS or html.count("<") > MAX_TAGS:
        return []
    # Loaded with the first page that needs it: a third of what a process of the desk loads at its start.
    import trafilatura  # noqa: PLC0415

    text = trafilatura.extract(
        html[: safe_length(html, html=True)],
        fast=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
    )
    lines = (" ".join(line.split()) for line in (text or "").split("\n"))
    return [line.removeprefix("- ") for line in lines if line]
