"""Which sentences of this room tell of what: a fault of encoding is counted apart."""

from hoiam.kit.news import sentences


def beginnings(*told: str) -> tuple[str, ...]:
    """How each sentence begins, up to its first blank to be filled: a filled one is known by that.

    >>> beginnings("Mất {count} mục.")
    ('Mất ',)
    """
    return tuple(sentence.partition("{")[0] for sentence in told)


_ENCODING = beginnings(
    sentences.WRONG_ENCODING, sentences.UNKNOWN_ENCODING, sentences.LEGACY_ENCODING
)


def is_garbled(problem: str) -> bool:
    """Whether the sentence tells of a wrong or unknown encoding.

    >>> is_garbled(sentences.UNKNOWN_ENCODING), is_garbled(sentences.NO_TITLE)
    (True, False)
    """
    return problem.startswith(_ENCODING)
