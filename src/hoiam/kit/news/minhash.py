"""The one file that knows rensa: MinHash signatures, with a plain Python twin where it is absent.

rensa has a single maintainer; the product must install and answer the same way without its wheel, only
slower. Both give 32-bit values per permutation; the values differ, the estimates agree.
"""

import random
import zlib
from collections.abc import Sequence
from functools import lru_cache

try:
    from rensa import RMinHash
except ImportError:
    RMinHash = None

PERMUTATIONS = 126
_SEED = 2862
_MASK = 0xFFFFFFFF
_PRIME = (1 << 61) - 1


def sign(shingles: Sequence[str]) -> list[int]:
    """The MinHash signature by the fastest engine at hand."""
    return _sign_fast(shingles) if RMinHash is not None else sign_plainly(shingles)


def _sign_fast(shingles: Sequence[str]) -> list[int]:
    sketch = RMinHash(PERMUTATIONS, _SEED)
    sketch.update(list(shingles))
    digest: list[int] = sketch.digest()
    return digest


def sign_plainly(shingles: Sequence[str]) -> list[int]:
    """The MinHash signature in plain Python.

    >>> len(sign_plainly(["thi hành án"])) == PERMUTATIONS
    True
    """
    hashes = [zlib.crc32(shingle.encode()) for shingle in shingles]
    return [min((a * h + b) % _PRIME & _MASK for h in hashes) for a, b in _coefficients()]


@lru_cache(maxsize=1)
def _coefficients() -> tuple[tuple[int, int], ...]:
    rng = random.Random(_SEED)
    return tuple((rng.randrange(1, _PRIME), rng.randrange(_PRIME)) for _ in range(PERMUTATIONS))
