"""Which reasons of a finding are worth a reader's time: few, whole words, the matter before the machinery."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import nfc, squash


@dataclass(frozen=True)
class Telling:
    """The reasons kept: as they were given, spans and all, and whether the office itself was named."""

    reasons: tuple[Mapping[str, Any], ...]
    names_agency: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The words quoted, in the order of the reasons."""
        return tuple(squash(str(reason["text"])) for reason in self.reasons)


def telling(reasons: Iterable[Mapping[str, Any]]) -> Telling:
    """The strongest telling reasons, at most three, each of two syllables or more.

    Args:
        reasons: `{rule, field, start, end, text, weight}` as a finding keeps them, in any order.

    A reason against relevance, a bare word ("đã") and words told already inside a longer quotation are left out; words
    every item of the field has stand in only when nothing better was found.

    >>> telling([{"rule": "co-quan-hanh-dong", "text": "đã", "weight": 6.7},
    ...          {"rule": "cham-keo-dai", "text": "chậm chi trả", "weight": 3}]).words
    ('chậm chi trả',)
    """
    found = list(reasons)
    rules = _data()
    named = any(reason["rule"] in rules["named"] for reason in found)
    whole = [reason for reason in found if _is_whole(reason, rules)]
    strong = [reason for reason in whole if _plain(reason) not in rules["common"]]
    ranked = sorted(strong or whole, key=lambda reason: -float(reason["weight"]))
    return Telling(_apart(ranked, int(rules["most"])), named)


def _is_whole(reason: Mapping[str, Any], rules: Mapping[str, Any]) -> bool:
    count = len(_plain(reason).split())
    return (
        float(reason["weight"]) > 0
        and reason["rule"] not in rules["silent"]
        and reason["rule"] not in rules["named"]
        and 2 <= count <= rules["longest"]
    )


def _apart(ranked: list[Mapping[str, Any]], most: int) -> tuple[Mapping[str, Any], ...]:
    kept: list[Mapping[str, Any]] = []
    for reason in ranked:
        words = _plain(reason)
        if len(kept) < most and not any(
            words in _plain(other) or _plain(other) in words for other in kept
        ):
            kept.append(reason)
    return tuple(kept)


def _plain(reason: Mapping[str, Any]) -> str:
    return squash(nfc(str(reason["text"]))).lower()


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.recognition").joinpath("data/telling.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data
