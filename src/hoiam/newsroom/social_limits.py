"""What each platform lets a post hold, as data with source and day; what of a text goes over it, as sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hoiam.kit.vietnamese import show_number, squash

_FILE = Path(__file__).with_name("data") / "social_limits.yaml"


@dataclass(frozen=True)
class Limits:
    """What one platform takes; 0 characters of a title or lead means that it has none. Lengths are of NFC text."""

    code: str
    name: str
    characters: int
    title: int
    lead: int
    pictures: int
    hashtags: int
    link: str
    """"card": the platform shows the page behind it; "text": it stands at the end of the text."""
    needs_picture: bool
    source: str
    seen_on: date
    unverified: bool


@dataclass(frozen=True)
class Composed:
    """A post as one account would get it."""

    title: str
    text: str
    link: str
    pictures: int
    hashtags: tuple[str, ...]


@cache
def all_limits() -> dict[str, Limits]:
    """Every platform's limits by its code."""
    rows: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text())["limits"]
    return {row["code"]: Limits(**row) for row in rows}


def limits_of(platform: str) -> Limits:
    """The limits of a platform; of an unknown one the narrow ones."""
    return all_limits().get(platform, all_limits()["other"])


def hashtags_of(typed: str) -> tuple[str, ...]:
    """The tags typed, each once, with one sign before it and no space inside.

    >>> hashtags_of("THADS, #thiHanhAn thads")
    ('#THADS', '#thiHanhAn')
    """
    found: dict[str, str] = {}
    for word in squash(typed.replace(",", " ")).split(" "):
        tag = "".join(sign for sign in word if sign.isalnum() or sign == "_")
        if tag:
            found.setdefault(tag.lower(), f"#{tag}")
    return tuple(found.values())


def composed(title: str, text: str, link: str, hashtags: str, pictures: int, limits: Limits) -> Composed:  # fmt: skip
    """The post in the shape of the platform: tags at the end, the link below where it shows no card of it."""
    tags = hashtags_of(hashtags)
    parts = [text.strip(), " ".join(tag for tag in tags if tag.lower() not in text.lower())]
    # A page that shows pictures shows no card of the link.
    if link and (limits.link == "text" or pictures):
        parts.append(link)
    return Composed(title, "\n\n".join(part for part in parts if part), link, pictures, tags)


def faults(post: Composed, limits: Limits) -> Iterator[str]:
    """What goes over the platform's limits, as sentences that say what to do."""
    if not post.text:
        yield f"{limits.name}: chưa có nội dung."
    for what, length, most in (
        ("nội dung", len(post.text), limits.characters),
        ("tên bài", len(post.title), limits.title),
    ):
        if most and length > most:
            over = show_number(length - most)
            yield f"{limits.name}: {what} dài {show_number(length)} ký tự, quá {over} ký tự. Viết ngắn lại cho nơi này."
    if post.pictures > limits.pictures:
        yield f"{limits.name}: có {post.pictures} ảnh, chỉ nhận {limits.pictures}. Bớt ảnh."
    if limits.needs_picture and not post.pictures:
        yield f"{limits.name}: cần ít nhất một ảnh. Thêm ảnh, hoặc bỏ nơi này."
    if len(post.hashtags) > limits.hashtags:
        yield f"{limits.name}: có {len(post.hashtags)} thẻ chủ đề, chỉ nên {limits.hashtags}. Bớt thẻ."
