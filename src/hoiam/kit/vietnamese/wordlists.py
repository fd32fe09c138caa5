"""Word lists kept beside the code as plain text: words in any order, `#` begins a remark."""

from pathlib import Path


def read_words(name: str) -> frozenset[str]:
    """The words of one list of this package.

    >>> "oăng" in read_words("rimes.txt")
    True
    """
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
