"""Finding English on a page: the words people see, apart from names and from what Vietnamese writes the same way."""

import json
import re

from lxml import html

SILENT = ("script", "style", "svg")
LABELS = ("title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value")
# Frequent English words that no Vietnamese sentence holds.
_WORDS = re.compile(
    r"\b(the|this|that|these|your|you|is|are|was|were|has|have|not|with|from|for|and|or|of|in|on|at|by|"
    r"page|pages|image|images|document|documents|collection|search|select|selected|choose|chooser|edit|delete|"
    r"save|saved|add|create|created|move|copy|upload|preview|publish|published|draft|history|report|reports|"
    r"settings|help|toggle|show|hide|close|open|filter|sort|next|previous|back|actions|more|locked|unlock|"
    r"title|type|status|updated|last|user|comment|comments|reply|error|errors|required|yes|cancel|live)\b",
    re.IGNORECASE,
)
# Words of the tests' own fixtures and names that stay: sign-in names, kinds of files, addresses of sites.
_NAMES = re.compile(r"thads\w*-\w+(?:_\w+)*|\bJPG|\bJPEG|\bPNG|\bWEBP|[\w.-]+\.(?:jpg|pdf|png)|https?://\S+|\b[\w-]+/[\w+-]+\b")  # fmt: skip


def seen(page: str) -> list[str]:
    """The texts and labels people see or hear on a page."""
    whole = html.fromstring(f"<div>{page}</div>")
    silent = " or ".join(f"ancestor::{tag}" for tag in SILENT)
    named = " or ".join(f"name()='{name}'" for name in LABELS)
    texts, labels = whole.xpath(f"//text()[not({silent})]"), whole.xpath(f"//@*[{named}]")
    return [" ".join(text.split()) for text in [*texts, *labels] if text.strip()]


def english_in(answer: str, kind: str) -> list[str]:
    """What of a page is English; of a modal's JSON the page inside it, of a script's catalogue nothing."""
    if "javascript" in kind:
        return []
    if "json" in kind:
        answer = json.loads(answer).get("html", "")
    # "In" alone is the button that prints.
    texts = [text for text in seen(answer) if text != "In"]
    return [text for text in texts if _WORDS.search(_NAMES.sub(" ", text))]
