"""Teaching the wording model from texts with their answers; needs the optional set `learn` (scikit-learn)."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from .agency_register import Register, register
from .evidence import view_of
from .lexicon import Lexicon
from .phrasing import Phrasing, phrases_of_skeletons, phrases_of_sources, size_of
from .source import sources_of
from .values import Document

KIND, STANCE, NEAR = "kind", "stance", "near"
_FEWEST_TEXTS: Final = 3
_STRENGTH: Final = {KIND: 20.0, STANCE: 5.0, NEAR: 10.0}
_LEAST: Final = 0.08


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
