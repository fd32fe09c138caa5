"""What an address or a hidden field says, read without believing it."""


def number_in(text: str | None) -> int | None:
    """The whole number a page wrote into an address or a hidden field; None when anything else stands there.

    A person may type what they like: `²` and `٣` are digits to Python, a thousand digits are no key of a row.

    >>> number_in("12"), number_in("1.024"), number_in("²"), number_in("9" * 20), number_in("")
    (12, None, None, None, None)
    """
    fits = text and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if text and fits else None
