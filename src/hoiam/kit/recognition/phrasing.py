"""How an item is worded speaks for its kind and stance: a linear model of short phrases, kept as plain data.

It was taught on the team's own texts, for what does not concern the System also on ordinary news (`benchmarks/recognition_unseen.py`);
it holds single words and pairs of words with their weights. It never decides by itself: it hears what the rows of the lexicon say
beside the phrases, and a row that officials change counts in full above both.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from .rules import role_letter
from .scoring import zone_of
from .skeleton import Skeleton, Token
from .source import Source

FORMAT: Final = "phrasing/1"
RULE: Final = "loi-van"
_LONGEST: Final = 2
_READ: Final = 1500
_OPENING: Final = 400
_TITLE, _EARLY, _ANYWHERE = "^", "~", ""
_WORD: Final = re.compile(r"[^\W_\ue000]|\ue000")
_FIGURE: Final = re.compile(r"[\d.,/:-]+")
_PLAIN: Final = re.compile(r"[\w\ue000]+|[^\w\s]|\n")
_MOST_REASONS: Final = 3
_TOLD_FROM: Final = 0.08
_SCALE: Final = 100
_WEIGHTS_KEPT: Final = 16384
# As many known phrases as make a wording; with fewer it says little.
_FEW: Final = 30.0
_ENOUGH: Final = 80
_NOTHING: Final[Mapping[str, float]] = {}


class Phrase(NamedTuple):
    """One or two words in a row, with where they stand in the copies of their source.

    `key` is what the model knows it by: a phrase of the title or the opening counts once more as such.
    """

    key: str
    source: Source
    start: int
    end: int


def phrases_of_skeletons(skeletons: Iterable[Skeleton]) -> Iterator[Phrase]:
    """The phrases of sentences in which everybody who plays a role is written as one sign."""
    for skeleton in skeletons:
        yield from _phrases(skeleton.source, skeleton.tokens, math.inf)


def phrases_of_sources(sources: Iterable[Source]) -> Iterator[Phrase]:
    """The phrases of plain fields, of the text only its beginning: for items that do not concern the System."""
    for source in sources:
        end = _READ if source.field == "text" else len(source.low)
        met = _PLAIN.finditer(source.low, source.again, end)
        tokens = [Token(word.group(), word.start(), word.end()) for word in met]
        yield from _phrases(source, tokens, source.again + _OPENING)


def _phrases(source: Source, tokens: Sequence[Token], opening: float) -> Iterator[Phrase]:
    # What was begun before this word, the shortest first.
    begun: list[tuple[str, int]] = []
    for token in tokens:
        if token.start < source.again or not _is_word(token.word):
            begun.clear()
            continue
        word, end = _said(token.word), token.end
        begun = [
            (word, token.start),
            *((f"{text} {word}", start) for text, start in begun[: _LONGEST - 1]),
        ]
        zone = _zone(source, token.start, opening)
        for text, start in begun:
            yield Phrase(_ANYWHERE + text, source, start, end)
            if zone != _ANYWHERE:
                yield Phrase(zone + text, source, start, end)


def _is_word(word: str) -> bool:
    return word[0].isalnum() or role_letter(word) is not None or word[0] == "\ue000"


def _said(word: str) -> str:
    letter = role_letter(word)
    if letter is not None:
        return f"<{letter}>"
    return "0" if _FIGURE.fullmatch(word) else word


def _zone(source: Source, start: int, opening: float) -> str:
    zone = zone_of(source, start)
    if zone in {"sapo", "lead"} and (source.field != "text" or start < opening):
        return _EARLY
    return _TITLE if zone == "title" else _ANYWHERE


@dataclass(frozen=True)
class Said:
    """What the wording speaks for: points by conclusion (their mean is none), and how much each phrase gave."""

    points: Mapping[str, float]
    given: Mapping[str, tuple[Phrase, tuple[float, ...]]]
    classes: tuple[str, ...]

    def reasons(self, conclusion: str) -> tuple[tuple[Phrase, float], ...]:
        """The phrases of two words and more that spoke most for a conclusion, none inside another."""
        at = self.classes.index(conclusion)
        loud = [
            (phrase, weight)
            for phrase, given in self.given.values()
            if " " in phrase.key and (weight := given[at] - sum(given) / len(given)) >= _TOLD_FROM
        ]
        told: list[tuple[Phrase, float]] = []
        for phrase, weight in sorted(loud, key=lambda pair: (-pair[1], pair[0].key)):
            if len(told) == _MOST_REASONS:
                break
            if not any(_overlap(phrase, other) for other, _ in told):
                told.append((phrase, weight))
        return tuple(told)


@lru_cache(_WEIGHTS_KEPT)
def _read(weights: str) -> tuple[float, ...]:
    """The weights of a phrase from how they are kept."""
    return tuple(int(weight) / _SCALE for weight in weights.split())


def size_of(values: Collection[float]) -> float:
    """What a text's values are divided by, so that a long one speaks no louder; a very short one speaks softly."""
    length = math.sqrt(_FEW + sum(value * value for value in values))
    return length / share_of(len(values)) if values else 1.0


def share_of(phrases: int) -> float:
    """How much so many known phrases count: with fewer than make a wording they say less."""
    return min(1.0, phrases / _ENOUGH)


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one.source is other.source and one.start < other.end and other.start < one.end


@dataclass(frozen=True)
class Phrasing:
    """What each known phrase weighs for each conclusion, in hundredths parted by spaces, read only when it is met."""

    classes: tuple[str, ...]
    base: tuple[float, ...]
    weights: Mapping[str, str]

    def says(self, phrases: Iterable[Phrase], signs: Mapping[str, float] = _NOTHING) -> Said:
        """What a text speaks for.

        Args:
            phrases: its wording.
            signs: what the rows say, by name (`weighing.signs_of`); they count in full however short the text.
        """
        weights = self.weights
        known = [phrase for phrase in phrases if phrase.key in weights]
        firsts = {phrase.key: phrase for phrase in reversed(known)}
        counts = Counter([phrase.key for phrase in known])
        values = {key: 1 + math.log(count) for key, count in counts.items()}
        length = size_of(values.values())
        given = {
            key: (firsts[key], tuple([w * value / length for w in _read(weights[key])]))
            for key, value in values.items()
        }
        heard = [points for _, points in given.values()]
        heard += [
            tuple([w * loud for w in _read(weights[name])])
            for name, loud in signs.items()
            if name in weights
        ]
        spoken = map(sum, zip(*heard, strict=True)) if heard else [0.0] * len(self.base)
        quiet = 1.0 if signs else share_of(len(values))
        sums = [base * quiet + spoke for base, spoke in zip(self.base, spoken, strict=True)]
        mean = sum(sums) / len(sums)
        return Said(
            {name: one - mean for name, one in zip(self.classes, sums, strict=True)},
            given,
            self.classes,
        )

    def as_json(self) -> dict[str, Any]:
        """The model as plain values."""
        weights = dict(sorted(self.weights.items()))
        return {"classes": list(self.classes), "base": list(self.base), "weights": weights}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Phrasing":
        """The model from what `as_json` gave."""
        return cls(tuple(kept["classes"]), tuple(map(float, kept["base"])), kept["weights"])

    @classmethod
    def of(
        cls,
        classes: Sequence[str],
        base: Sequence[float],
        weights: Mapping[str, Sequence[float]],
    ) -> "Phrasing":
        """The model of weights as learned, kept as hundredths; a phrase that weighs nothing is left out."""
        rounded = {key: [round(_SCALE * w) for w in row] for key, row in weights.items()}
        kept = {key: " ".join(map(str, row)) for key, row in rounded.items() if any(row)}
        return cls(tuple(classes), tuple(round(b, 4) for b in base), kept)


def written(models: Mapping[str, Phrasing]) -> str:
    """The models as the text of their file, one phrase a line."""
    parts = []
    for name, model in sorted(models.items()):
        kept = model.as_json()
        rows = ",\n".join(
            f"{json.dumps(key, ensure_ascii=False)}:{json.dumps(row)}"
            for key, row in kept.pop("weights").items()
        )
        head = json.dumps(kept)[1:-1]
        parts.append(f'"{name}":{{{head},"weights":{{\n{rows}\n}}}}')
    return f'{{"format":"{FORMAT}","models":{{\n' + ",\n".join(parts) + "}}\n"


def delivered() -> Mapping[str, Phrasing]:
    """The models as delivered, by what they decide: `kind`, `stance`, `near`."""
    return _models()


@cache
def _models() -> Mapping[str, Phrasing]:
    path = files(__package__) / "data" / "phrasing.json"
    kept = json.loads(path.read_text("utf-8"))
    if kept["format"] != FORMAT:
        raise ValueError("phrasing.json có định dạng khác; hãy dạy lại mô hình lời văn.")
    return {name: Phrasing.from_json(model) for name, model in kept["models"].items()}
