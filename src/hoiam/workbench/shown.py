"""Addresses of a preview's pictures: each carries the picture of a folder it was made of, signed by this house.

The store holds evidence too, so a hash alone opens nothing: what is read is which folder's picture it came from, and whether
that one is in scope. The signature stands in the address, so that every web process and every hour reads it alike.
"""

import re
from collections.abc import Mapping

from django.core.signing import BadSignature, Signer

PICTURES = "/cms/anh/"
_SIGNER = Signer(sep=".", salt="hoiam.workbench.shown")
_BARE = re.compile(rb"/cms/anh/([0-9a-f]{64})")


def seal(blob: str, image_id: int) -> str:
    """The part of the address that says: the picture under this hash was made of that picture of a folder."""
    return _SIGNER.sign(f"{blob}.{image_id}").removeprefix(f"{blob}.")


def made_of(blob: str, sealed: str) -> int | None:
    """The key of the folder's picture this one was made of; None when this house never said so."""
    try:
        said = _SIGNER.unsign(f"{blob}.{sealed}")
    except BadSignature:
        return None
    return int(said.removeprefix(f"{blob}."))


def sealed_in(page: bytes, made: Mapping[str, int]) -> bytes:
    """The drawn page with the signed addresses of its own pictures; a hash that somebody typed stays closed.

    Args:
        page: as the portal draws it, its pictures at `PICTURES`.
        made: hash of each picture made for it, and the key of the folder's picture it was made of.
    """

    def sealed(found: re.Match[bytes]) -> bytes:
        blob = found[1].decode()
        if blob not in made:
            return found[0]
        return f"{PICTURES}{seal(blob, made[blob])}/{blob}".encode()

    return _BARE.sub(sealed, page)
