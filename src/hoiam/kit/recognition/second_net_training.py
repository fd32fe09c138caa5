"""Teaching the second net and measuring it on later items; needs the optional set `learn` (scikit-learn)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from .second_net import SecondNet, terms_of
from .values import Document

FEWEST_POSITIVES: Final = 30
AT: Final = 200
_MOST_TERMS: Final = 30_000
_STRENGTH: Final = 10.0


@dataclass(frozen=True)
class Example:
    """A document and whether officials took it up; unlabelled background counts as no."""

    document: Document
    is_positive: bool


@dataclass(frozen=True)
class Measured:
    """How a net ranked items later than those it learned from.

    `recall` is the share of the positives among the first `AT` items, `precision` the average precision; `threshold` the
    lowest score that still belongs to the items a person would be shown.
    """

    items: int
    positives: int
    recall: float
    precision: float
    threshold: float


def can_learn() -> bool:
    """Whether this machine has the library that teaching needs."""
    return find_spec("sklearn") is not None


def train(examples: Sequence[Example]) -> SecondNet:
    """The net that these examples teach: TF-IDF of one and two syllables, logistic regression.

    Raises:
        ValueError: the library is not installed, or examples of one of both kinds are missing.
    """
    if not can_learn():
        raise ValueError("Máy này chưa cài phần học (scikit-learn).")
    answers = [int(example.is_positive) for example in examples]
    if len(set(answers)) < 2:
        raise ValueError("Cần cả tin được nhận và tin không liên quan để học.")
    text: Any = import_module("sklearn.feature_extraction.text")
    linear: Any = import_module("sklearn.linear_model")
    counted = text.TfidfVectorizer(
        analyzer=_words, min_df=2, max_features=_MOST_TERMS, sublinear_tf=True
    )
    table = counted.fit_transform([example.document for example in examples])
    model = linear.LogisticRegression(
        C=_STRENGTH, class_weight="balanced", solver="liblinear", random_state=0
    )
    model.fit(table, answers)
    weights, rarity = model.coef_[0], counted.idf_
    terms = {
        term: (float(rarity[at]), float(weights[at])) for term, at in counted.vocabulary_.items()
    }
    return SecondNet(dict(sorted(terms.items())), float(model.intercept_[0]))


def _words(document: Document) -> list[str]:
    return [term.text for term in terms_of(document)]


def measure(net: SecondNet, later: Sequence[Example], at: int = AT) -> Measured:
    """How the net ranks items it never saw, all later than those it learned from."""
    scored = sorted(
        ((net.opinion(e.document).score, e.is_positive) for e in later), key=lambda pair: -pair[0]
    )
    ranks = [rank for rank, (_, is_positive) in enumerate(scored, start=1) if is_positive]
    # A small set has no two hundred to show: twice as many as there were to find, or one in twenty.
    shown = min(at, len(scored), max(2 * len(ranks), len(scored) // 20))
    return Measured(
        items=len(scored),
        positives=len(ranks),
        recall=_share(sum(rank <= at for rank in ranks), len(ranks)),
        precision=_share(sum(n / rank for n, rank in enumerate(ranks, start=1)), len(ranks)),
        threshold=scored[shown - 1][0] if shown else 1.0,
    )


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def split_by_time(
    examples: Sequence[Example], share: float = 0.7
) -> tuple[Sequence[Example], Sequence[Example]]:
    """The earlier and the later examples, cut where this share of the positives lies before; in time order given."""
    places = [at for at, example in enumerate(examples) if example.is_positive]
    if len(places) < 2:
        return examples, ()
    cut = places[min(len(places) - 1, max(1, round(len(places) * share)))]
    return examples[:cut], examples[cut:]


def positives(examples: Iterable[Example]) -> int:
    """How many of the examples officials took up."""
    return sum(example.is_positive for example in examples)
