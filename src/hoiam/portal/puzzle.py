"""A small puzzle a browser works out before a public form is sent: cheap for one letter, dear for ten thousand.

The browser looks for a number so that SHA-256 of "token:number" begins with so many zero bits. No other house is asked, no
picture has to be read. Who has no JavaScript sends without a solution, at a slower rate. A token is signed, holds for a
while and is taken once.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "hoiam.portal.puzzle"
BITS = 16  # about 65,000 hashes: well under a second for a telephone of some years ago
# not-law: how long a page may stand open before its puzzle is too old, in seconds
HOLDS = 4 * 3600
LONGEST_NUMBER = 12


@dataclass(frozen=True)
class Puzzle:
    """What the page gives to the browser."""

    token: str
    bits: int = BITS


def new_puzzle(purpose: str, now: datetime) -> Puzzle:
    """A fresh puzzle for one form."""
    body = f"{int(now.timestamp())}.{secrets.token_hex(8)}"
    return Puzzle(f"{body}.{_mark(purpose, body)}")


def is_solved(purpose: str, token: str, number: str, now: datetime) -> bool:
    """Whether the number solves a puzzle of ours that is still fresh; each is taken once.

    In one process as the rates are: a bar against floods, no wall.
    """
    body, _, mark = token.rpartition(".")
    when, _, _ = body.partition(".")
    if not when.isdecimal() or not constant_time_compare(mark, _mark(purpose, body)):
        return False
    age = now.timestamp() - int(when)
    if not 0 <= age <= HOLDS or not is_answer(token, number):
        return False
    return bool(cache.add(f"puzzle:{hashlib.sha256(token.encode()).hexdigest()}", 1, HOLDS))


def is_answer(token: str, number: str, bits: int = BITS) -> bool:
    """Whether SHA-256 of token and number begins with so many zero bits."""
    if not number.isascii() or not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return False
    digest = hashlib.sha256(f"{token}:{number}".encode()).digest()
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - bits) == 0


def _mark(purpose: str, body: str) -> str:
    return salted_hmac(SALT, f"{purpose}:{body}").hexdigest()[:32]
