"""Which sentences of this room tell of damaged letters: an encoding fault is counted apart."""

from hoiam.kit.news import sentences

_BEGINNINGS = tuple(
    sentence.partition("{")[0]
    for sentence in (
        sentences.WRONG_ENCODING,
        sentences.UNKNOWN_ENCODING,
        sentences.LEGACY_ENCODING,
    )
)


def is_garbled(problem: str) -> bool:
    """Whether the sentence tells of a wrong or unknown encoding.

    >>> is_garbled(sentences.UNKNOWN_ENCODING), is_garbled(sentences.NO_TITLE)
    (True, False)
    """
    return problem.startswith(_BEGINNINGS)
