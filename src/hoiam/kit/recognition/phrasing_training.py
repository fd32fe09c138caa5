"""Teaching the wording model from texts with their answers; needs the optional set `learn` (scikit-learn)."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Final

from .agency_register import Register, register
from .evidence import View, view_of
from .grammar import mentions
from .lexicon import Lexicon
from .phrasing import Phrasing, phrases_of_skeletons, phrases_of_sources, size_of
from .scoring import score
from .second_look import NO, YES, marks_of
from .source import sources_of
from .values import Document

KIND, STANCE, NEAR, RELEVANCE = "kind", "stance", "near", "relevance"
_FEWEST_TEXTS: Final = 3
_STRENGTH: Final = {KIND: 20.0, STANCE: 5.0, NEAR: 10.0, RELEVANCE: 10.0}
_LEAST: Final = 0.1
# A text of more paragraphs is cut into items of one; a summary is no longer than this.
_FEW_PARTS: Final = 2
_SUMMARY: Final = 300


@dataclass(frozen=True)
class Taught:
    """A text and its answers; `stance` is None where the text does not concern the System."""

    document: Document
    kind: str
    stance: str | None

    @property
    def is_relevant(self) -> bool:
        """Whether the text concerns the System."""
        return self.stance is not None


@dataclass(frozen=True)
class Lesson:
    """The phrases of a text, counted once for all lessons it is used in, with its answer for each model."""

    keys: frozenset[str]
    counts: Mapping[str, int]
    answers: Mapping[str, str]


def lesson_of(text: Taught, lexicon: Lexicon, known: Register | None = None) -> Lesson:
    """A text made ready for teaching; `known` are the agencies it may name."""
    if text.stance is not None:
        view = view_of(text.document, lexicon, known or register())
        counts = Counter(p.key for p in phrases_of_skeletons(view.skeletons))
        answers = {KIND: text.kind, STANCE: text.stance}
    else:
        counts = Counter(p.key for p in phrases_of_sources(sources_of(text.document)))
        answers = {NEAR: text.kind}
    return Lesson(frozenset(counts), counts, answers)


def lessons_of(text: Taught, lexicon: Lexicon, known: Register | None = None) -> list[Lesson]:
    """All a text teaches: its kind and stance, and as a whole and in cuts whether it concerns the System."""
    found = [lesson_of(text, lexicon, known)]
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
    """The models these texts teach: for each conclusion a logistic regression against all others.

    Raises:
        ModuleNotFoundError: scikit-learn is not installed.
    """
    return {name: _taught(name, [x for x in lessons if name in x.answers]) for name in _STRENGTH}


def _taught(name: str, lessons: Sequence[Lesson]) -> Phrasing:
    numbers: Any = import_module("numpy")
    extraction: Any = import_module("sklearn.feature_extraction")
    linear: Any = import_module("sklearn.linear_model")
    met = Counter(key for lesson in lessons for key in lesson.keys)
    table = extraction.DictVectorizer()
    rows = table.fit_transform([_values(lesson, met) for lesson in lessons])
    # The solver reads no longer places.
    rows.indices, rows.indptr = rows.indices.astype("int32"), rows.indptr.astype("int32")
    answers = [lesson.answers[name] for lesson in lessons]
    classes = sorted(set(answers))
    learned, base = [], []
    for one in classes:
        model = linear.LogisticRegression(
            C=_STRENGTH[name], solver="liblinear", class_weight="balanced", random_state=0
        )
        model.fit(rows, [answer == one for answer in answers])
        learned.append(model.coef_[0])
        base.append(float(model.intercept_[0]))
    columns = numbers.array(learned).T
    # What weighs the same for all conclusions decides nothing.
    columns = columns - columns.mean(axis=1, keepdims=True)
    weights = {
        key: tuple(float(w) for w in column)
        for key, column in zip(table.get_feature_names_out(), columns, strict=True)
        if abs(column).max() >= _LEAST
    }
    return Phrasing.of(classes, base, weights)


def _values(lesson: Lesson, met: Mapping[str, int]) -> dict[str, float]:
    """The phrases of a text as the model weighs them: logarithms of counts, the text's length taken out."""
    kept = {k: 1 + math.log(n) for k, n in lesson.counts.items() if met[k] >= _FEWEST_TEXTS}
    length = size_of(kept.values())
    return {key: value / length for key, value in kept.items()}
