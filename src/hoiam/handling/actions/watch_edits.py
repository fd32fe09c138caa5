"""What an outlet changed in an article since it received our paper, in words for an official."""

from hoiam.kit.news import changes
from hoiam.kit.vietnamese import squash
from hoiam.monitoring.models import Version

MOST_PAIRS, LONGEST_PAIR = 3, 90


def edit_words(before: Version | None, after: Version | None) -> str:
    """What the outlet changed in the article since it has our paper: “Báo đã sửa: “chiếm đoạt” → “giữ”.”; blank for nothing."""
    if before is None or after is None:
        return ""
    pairs = [
        pair
        for name in ("title", "sapo", "body")
        for pair in _pairs(getattr(before, name), getattr(after, name))
    ]
    if not pairs:
        return ""
    shown = "; ".join(f"{old} → {new}" for old, new in pairs[:MOST_PAIRS])
    more = f" và {len(pairs) - MOST_PAIRS} chỗ khác" if len(pairs) > MOST_PAIRS else ""
    return f"Báo đã sửa bài mà không cải chính: {shown}{more}."


def _pairs(before: str, after: str) -> list[tuple[str, str]]:
    """Each changed stretch as (what went, what came)."""
    pairs: list[tuple[str, str]] = []
    gone = ""
    for piece in changes(before, after):
        if piece.kind == "deleted":
            gone = piece.text
        elif piece.kind == "inserted":
            pairs.append((_quoted(gone), _quoted(piece.text)))
            gone = ""
        elif gone:
            pairs.append((_quoted(gone), "(bỏ)"))
            gone = ""
    return [*pairs, (_quoted(gone), "(bỏ)")] if gone else pairs


def _quoted(text: str) -> str:
    text = squash(text)
    short = text if len(text) <= LONGEST_PAIR else f"{text[:LONGEST_PAIR].rsplit(' ', 1)[0]}…"
    return f"“{short}”" if short else "(thêm)"
