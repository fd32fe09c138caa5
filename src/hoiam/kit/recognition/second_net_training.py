"""Teaching the second net and measuring it on later items; needs the optional set `learn` (scikit-learn)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from .lexicon import Lexicon
from .second_net import SecondNet, terms_of
from .values import Document
from .wording import phrases_of

FEWEST_POSITIVES: Final = 30
AT: Final = 200
_MOST_TERMS: Final = 30_000
_STRENGTH: Final = 10.0
_PRIOR_TABLES: Final = frozenset({"relevance", "evidence"})
_PRIOR_PHRASES: Final = 8
_PRIOR_SHARE: Final = 0.2
_SIGNS: Final = re.compile(r"[…‹›()/]")


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


def prior_documents(lexicon: Lexicon) -> list[Document]:
    """What the lexicon itself knows of the matter: its phrases for relevance, stance and kind as small documents.

    With few decisions they tell the net what belongs to enforcement at all; they weigh `_PRIOR_SHARE` of the decisions.
    """
    found: list[Document] = []
    for row in lexicon.rows:
        if row["table"] in _PRIOR_TABLES:
            said = [
                _SIGNS.sub(" ", phrase) for phrase in phrases_of(row["patterns"], {}, lexicon.words)
            ]
            found += [Document(title=". ".join(part)) for part in _parts(said)]
    return found


def _parts(phrases: Sequence[str]) -> Iterable[Sequence[str]]:
    return (phrases[at : at + _PRIOR_PHRASES] for at in range(0, len(phrases), _PRIOR_PHRASES))


def train(examples: Sequence[Example], prior: Sequence[Document] = ()) -> SecondNet:
    """The net that these examples teach: TF-IDF of one and two syllables, logistic regression.

    Args:
        examples: decisions and background; positives weigh as much as all others together.
        prior: documents that speak for the matter although nobody decided on them; see `prior_documents`.

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
    table = counted.fit_transform([*(example.document for example in examples), *prior])
    model = linear.LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0)
    model.fit(table, answers + [1] * len(prior), sample_weight=_weights(answers, len(prior)))
    weights, rarity = model.coef_[0], counted.idf_
    terms = {
        term: (float(rarity[at]), float(weights[at])) for term, at in counted.vocabulary_.items()
    }
    return SecondNet(dict(sorted(terms.items())), float(model.intercept_[0]))


def _weights(answers: Sequence[int], prior: int) -> list[float]:
    """One for each background item; the positives together weigh as much, the prior a share of it; their mean is one."""
    yes = sum(answers)
    no = len(answers) - yes
    raw = [no / yes if answer else 1.0 for answer in answers]
    raw += [_PRIOR_SHARE * no / max(1, prior)] * prior
    mean = sum(raw) / len(raw)
    return [weight / mean for weight in raw]


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
