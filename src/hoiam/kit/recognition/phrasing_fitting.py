"""Fitting a linear model to a table of phrases; needs the optional set `learn` (scikit-learn).

Two readings are weighed together. One weighs all conclusions against each other. The other asks of each conclusion apart whether
it is meant, after every phrase was made as loud as it is telling for it (log-count ratios of naive Bayes as scales for a logistic
regression, Wang and Manning 2012). On stories nobody had read both together were right more often than either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

_ROUNDS: Final = 3000
# The reading apart is held by its scales already.
_STRENGTH_APART: Final = 60.0
# What each phrase is taken to have been met beforehand, so that one never met is not infinitely telling.
_BEFOREHAND: Final = 1.0
_TWO: Final = 2


@dataclass(frozen=True)
class Table:
    """What a model is fitted to.

    Attributes:
        rows: a sparse matrix, a text a row and a phrase or sign a column.
        answers: the conclusion of each text.
        weights: how much each text counts.
        is_sign: of each column, whether it is what the rows of the lexicon say; signs keep their loudness.
    """

    rows: Any
    answers: Sequence[str]
    weights: Sequence[float]
    is_sign: Sequence[bool]


def learned(
    table: Table, *, strength: float, share: float
) -> tuple[list[str], Any, tuple[float, ...]]:
    """The conclusions, the weights of each column for each of them, and where each conclusion begins.

    Args:
        table: the texts.
        strength: how freely the reading together may follow the texts (`C` of scikit-learn).
        share: how much the reading apart counts; the rest is the reading together.

    Raises:
        ModuleNotFoundError: scikit-learn is not installed.
    """
    model = _regression(strength).fit(table.rows, table.answers, sample_weight=table.weights)
    classes = list(model.classes_)
    together = _Reading.of(model)
    reading = together
    if share:
        reading = together.mixed(_apart(table, classes), share)
        # As loud as the reading together: what officials change is weighed against it in points.
        reading = reading.louder(together.spread(table.rows) / reading.spread(table.rows))
    return classes, reading.columns, tuple(float(one) for one in reading.base)


@dataclass(frozen=True)
class _Reading:
    """The weights of each column for each conclusion and where each begins; what weighs the same for all is left out."""

    columns: Any
    base: Any

    @classmethod
    def of(cls, model: Any) -> "_Reading":
        """What a regression learned; of two conclusions scikit-learn keeps only the second."""
        numbers: Any = import_module("numpy")
        weights, base = model.coef_, model.intercept_
        if len(model.classes_) == _TWO:
            weights = numbers.vstack([-weights[0], weights[0]])
            base = numbers.array([-base[0], base[0]])
        return cls(_centred(weights.T), base)

    def mixed(self, other: "_Reading", share: float) -> "_Reading":
        """Both weighed together, the other by its share."""
        return _Reading(
            (1 - share) * self.columns + share * other.columns,
            (1 - share) * _centred(self.base) + share * _centred(other.base),
        )

    def louder(self, times: float) -> "_Reading":
        """The same answers, told so many times as loud."""
        return _Reading(times * self.columns, times * self.base)

    def spread(self, rows: Any) -> float:
        """How far apart the conclusions of these texts lie, in points."""
        return float((rows @ self.columns + self.base).std())


def _regression(strength: float) -> Any:
    linear: Any = import_module("sklearn.linear_model")
    return linear.LogisticRegression(C=strength, max_iter=_ROUNDS, class_weight="balanced")


def _apart(table: Table, classes: Sequence[str]) -> _Reading:
    """The reading of each conclusion against all others, every phrase as loud as it is telling."""
    numbers: Any = import_module("numpy")
    sparse: Any = import_module("scipy.sparse")
    answers, weights = numbers.array(table.answers), numbers.array(table.weights)
    columns, base = [], []
    for name in classes:
        is_meant = answers == name
        loud = _telling(table, is_meant, weights)
        model = _regression(_STRENGTH_APART)
        model.fit(table.rows @ sparse.diags(loud), is_meant, sample_weight=weights)
        columns.append(model.coef_[0] * loud)
        base.append(model.intercept_[0])
    return _Reading(_centred(numbers.array(columns).T), numbers.array(base))


def _telling(table: Table, is_meant: Any, weights: Any) -> Any:
    """How telling each column is for what is meant: the size of the logarithm of how much likelier it is met there."""
    numbers: Any = import_module("numpy")
    met = (table.rows > 0).astype(float)
    here, there = (
        numbers.asarray(met[which].T @ weights[which]).ravel() + _BEFOREHAND
        for which in (is_meant, ~is_meant)
    )
    loud = numbers.abs(numbers.log((here / here.sum()) / (there / there.sum())))
    loud[numbers.array(table.is_sign)] = 1.0
    return loud


def _centred(values: Any) -> Any:
    return values - values.mean(axis=-1, keepdims=True)
