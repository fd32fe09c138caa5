"""Site rules: which selectors read a known layout. The rows are data in data/sites.yaml."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ahocorasick_rs import BytesAhoCorasick

from hoiam.kit.lists import yaml_of
from hoiam.kit.news.addresses import host_of


@dataclass(frozen=True)
class Layout:
    """One layout of news pages; each field lists selectors, the first that gives text wins."""

    id: str
    version: int
    outlet: str
    hosts: tuple[str, ...]
    signs: tuple[str, ...]
    title: tuple[str, ...]
    sapo: tuple[str, ...]
    body: tuple[str, ...]
    author: tuple[str, ...]
    published: tuple[str, ...]
    section: tuple[str, ...]
    drop: str
    caption: str


def layouts_for(url: str, page: bytes) -> list[Layout]:
    """The layouts worth trying on a page of UTF-8, those of its own host, else those whose signs it shows."""
    own = _of_host(host_of(url))
    if own is not None:
        return [own]
    automaton, owners = _signs()
    seen = {owners[found[0]] for found in automaton.find_matches_as_indexes(page)}
    return [one for one in layouts() if one.id in seen]


@lru_cache(maxsize=1)
def _signs() -> tuple[BytesAhoCorasick, list[str]]:
    pairs = [(sign, one.id) for one in layouts() for sign in one.signs]
    return BytesAhoCorasick([sign.encode() for sign, _ in pairs]), [id for _, id in pairs]


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """All layouts of the data file, in its order."""
    return tuple(_layout(row) for row in _data()["layouts"])


@lru_cache(maxsize=1)
def always_dropped() -> str:
    """The selector of what is never part of an article's words."""
    return ", ".join(_data()["drop"])


@lru_cache(maxsize=1)
def captions() -> str:
    """The selector of pictures and the words under them."""
    return ", ".join(_data()["captions"])


@lru_cache(maxsize=1)
def author_places() -> str:
    """The selector of what pages without a layout mark as the writer's name."""
    return ", ".join(_data()["author"])


@lru_cache(maxsize=1)
def sapo_places() -> str:
    """The selector of what pages without a layout mark as their sapo."""
    return ", ".join(_data()["sapo"])


@lru_cache(maxsize=1)
def byline_places() -> str:
    """The selector of lines set to the right, where the writer's name ends an article."""
    return ", ".join(_data()["byline"])


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/sites.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data


def _layout(row: dict[str, Any]) -> Layout:
    return Layout(
        id=row["id"],
        version=row["version"],
        outlet=row.get("outlet", ""),
        hosts=tuple(row["hosts"]),
        signs=tuple(row["signs"]),
        title=tuple(row["title"]),
        sapo=tuple(row["sapo"]),
        body=tuple(row["body"]),
        author=tuple(row["author"]),
        published=tuple(row["published"]),
        section=tuple(row["section"]),
        drop=", ".join(row["drop"]),
        caption=", ".join(row.get("caption", ())),
    )


def _of_host(host: str) -> Layout | None:
    """The layout of the host or of the nearest domain above it."""
    known = _by_host()
    while host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    return None


@lru_cache(maxsize=1)
def _by_host() -> dict[str, Layout]:
    return {host: one for one in layouts() for host in one.hosts}
