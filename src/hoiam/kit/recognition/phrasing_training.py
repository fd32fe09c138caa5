"""Teaching the wording model from texts with their answers; needs the optional set `learn` (scikit-learn)."""

import math
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any, Final

from .agency_register import Register, register
from .evidence import View, view_of
from .grammar import mentions
from .judging import by_rows, signs_in
from .lexicon import Lexicon
from .near import near_rows
from .phrasing import Phrasing, phrases_of_skeletons, phrases_of_sources, size_of
from .phrasing_fitting import Table, learned
from .scoring import score
from .second_look import NO, YES, marks_of
from .source import sources_of
from .values import Document

KIND, STANCE, NEAR, RELEVANCE = "kind", "stance", "near", "relevance"
# A phrase is learned when so many texts hold it, and kept when it weighs so much for some conclusion. What ordinary news
# teaches is held to more texts: nothing of one paper's wording shall stay.
_FEWEST_TEXTS: Final = {KIND: 3, STANCE: 3, NEAR: 5, RELEVANCE: 3}
_STRENGTH: Final = {KIND: 20.0, STANCE: 20.0, NEAR: 10.0, RELEVANCE: 10.0}
_LEAST: Final = {KIND: 0.1, STANCE: 0.1, NEAR: 0.15, RELEVANCE: 0.1}
# How much the reading by each conclusion apart counts beside the reading of all together (`phrasing_fitting`).
_APART: Final = {KIND: 0.5, STANCE: 0.5, NEAR: 0.0, RELEVANCE: 0.0}
# A text of more paragraphs is cut into items of one; a summary is no longer than this.
_FEW_PARTS: Final = 2
_SUMMARY: Final = 300


@dataclass(frozen=True)
class Taught:
    """A text and its answers; `stance` is None where the text does not concern the System.

    `weight` says how much it counts: texts in the manner of the press teach more than exercises.
    """

    document: Document
    kind: str
    stance: str | None
    weight: float = 1.0

    @property
    def is_relevant(self) -> bool:
        """Whether the text concerns the System."""
        return self.stance is not None


@dataclass(frozen=True)
class Lesson:
    """The phrases of a text, counted once for all lessons it is used in, what the rows say of it, and its answer for each model."""

    keys: frozenset[str]
    counts: Mapping[str, int]
    answers: Mapping[str, str]
    signs: Mapping[str, float] = field(default_factory=dict)
    weight: float = 1.0


def lesson_of(text: Taught, lexicon: Lexicon, known: Register | None = None) -> Lesson:
    """A text made ready for teaching; `known` are the agencies it may name."""
    if text.stance is not None:
        view = view_of(text.document, lexicon, known or register())
        counts = Counter(p.key for p in phrases_of_skeletons(view.skeletons))
        signs = signs_in(by_rows(view, lexicon), lexicon, {})
        answers = {KIND: text.kind, STANCE: text.stance}
    else:
        sources = sources_of(text.document)
        counts = Counter(p.key for p in phrases_of_sources(sources))
        signs = near_rows(sources, lexicon).signs
        answers = {NEAR: text.kind}
    return Lesson(frozenset(counts), counts, answers, signs, text.weight)


def kinds_of(text: Taught, lexicon: Lexicon, known: Register | None = None) -> list[Lesson]:
    """What a text teaches of kinds and stances: as a whole, and as the short item a feed brings."""
    found = [lesson_of(text, lexicon, known)]
    if text.is_relevant and (short := _as_item(text.document)):
        half = replace(text, document=short, weight=text.weight / 2)
        found.append(lesson_of(half, lexicon, known))
    return found


def lessons_of(text: Taught, lexicon: Lexicon, known: Register | None = None) -> list[Lesson]:
    """All a text teaches: its kind and stance, and as a whole and in cuts whether it concerns the System."""
    found = kinds_of(text, lexicon, known)
    found += [_glance(text, text.document, lexicon, known)[0]]
    for cut in _cuts(text.document):
        lesson, points = _glance(text, cut, lexicon, known)
        # What the rows find by themselves in a cut teaches nothing about what they miss.
        is_low = points < float(lexicon.settings["relevance"]["threshold"])
        if any(lexicon.admits(s.given) for s in sources_of(cut)) and (
            is_low or not text.is_relevant
        ):
            found.append(lesson)
    return found


def _as_item(document: Document) -> Document | None:
    """A text as feeds bring it: its title with the summary, or with the first paragraph; None of one that is no longer."""
    first, _, rest = document.text.partition("\n")
    if document.sapo and document.text:
        return replace(document, text="")
    return replace(document, text=first[:_SUMMARY]) if rest else None


def _glance(
    text: Taught, document: Document, lexicon: Lexicon, known: Register | None
) -> tuple[Lesson, float]:
    sources = sources_of(document)
    gazetteer = (known or register()).gazetteer
    named = tuple(m for source in sources for m in mentions(source, gazetteer))
    points = score(sources, named, lexicon)
    year = document.published_on.year if document.published_on else None
    view = View.of(sources, named, points, lexicon, year)
    counts = Counter(mark.key for mark in marks_of(view, points))
    answers = {RELEVANCE: YES if text.is_relevant else NO}
    return Lesson(frozenset(counts), counts, answers), points.points


def _cuts(document: Document) -> Iterator[Document]:
    """Short items made of a text, as feeds bring them: the title alone, with the summary, with each paragraph."""
    if document.text and document.title and document.sapo:
        yield replace(document, text="")
    parts = [part for part in document.text.split("\n") if part.strip()]
    if len(parts) > _FEW_PARTS:
        yield replace(document, text=parts[0])
        yield from (replace(document, text="", sapo=part[:_SUMMARY]) for part in parts[1:])
    if document.sapo:
        yield replace(document, sapo="", text="")


def teach(lessons: Sequence[Lesson]) -> dict[str, Phrasing]:
    """The models these texts teach: logistic regressions that hear phrases and rows together.

    Raises:
        ModuleNotFoundError: scikit-learn is not installed.
    """
    return {name: _taught(name, [x for x in lessons if name in x.answers]) for name in _STRENGTH}


def _taught(name: str, lessons: Sequence[Lesson]) -> Phrasing:
    extraction: Any = import_module("sklearn.feature_extraction")
    met = Counter(key for lesson in lessons for key in lesson.keys)
    known = {key for key, texts in met.items() if texts >= _FEWEST_TEXTS[name]}
    signs = {sign for lesson in lessons for sign in lesson.signs}
    table = extraction.DictVectorizer()
    rows = table.fit_transform([_values(lesson, known) for lesson in lessons])
    keys = [str(key) for key in table.get_feature_names_out()]
    told = Table(
        rows,
        [x.answers[name] for x in lessons],
        [x.weight for x in lessons],
        [key in signs for key in keys],
    )
    classes, columns, base = learned(told, strength=_STRENGTH[name], share=_APART[name])
    kept = {
        key: tuple(float(w) for w in column)
        for key, column in zip(keys, columns, strict=True)
        if key in signs or abs(column).max() >= _LEAST[name]
    }
    return Phrasing.of(classes, base, kept)


def _values(lesson: Lesson, known: Container[str]) -> dict[str, float]:
    """A text as the model weighs it: logarithms of counts, its length taken out, and what the rows say."""
    kept = {k: 1 + math.log(n) for k, n in lesson.counts.items() if k in known}
    length = size_of(kept.values())
    return {key: value / length for key, value in kept.items()} | dict(lesson.signs)
