"""Sealing: what waits is put on a list, the list is stamped, and list and token are kept in the store.

One token covers any number of things, so an outside authority is asked once an hour however much came in; each thing is
still proved by itself: its hash stands on the list, the list's hash in the token.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from asn1crypto import x509
from django.conf import settings
from django.db import transaction

from hoiam.core import blobs
from hoiam.core.stamps import kinds, local, outside, tokens
from hoiam.core.stamps.kinds import Kind
from hoiam.core.stamps.lists import HEAD, line
from hoiam.core.stamps.models import Sealed, Stamp

MOST = 2000  # things on one list

Things = Sequence[tuple[Kind, Any]]


@dataclass(frozen=True)
class Listed:
    """A list ready to be stamped."""

    text: bytes
    rows: list[tuple[str, int, dict[str, Any]]]


def folder() -> Path:
    """Where the house's own authority keeps its key and roots."""
    return Path(settings.HOIAM_STAMPS)


def make_authority(now: datetime) -> bool:
    """Whether the house's own authority was made just now."""
    return local.make(folder(), now=now)


def roots(authority: str) -> list[x509.Certificate]:
    """The roots that tokens of this authority must lead to: the house's own, or those HOIAM_TSA_ROOTS names.

    Raises:
        StampFault: the file named cannot be read.
    """
    return local.roots(folder()) if authority == Stamp.LOCAL else outside.roots()


def seal(things: Things, *, now: datetime) -> Stamp:
    """The house's own stamp over these things, made at once.

    Raises:
        BlobFault: the store cannot be written; nothing is sealed then.
    """
    make_authority(now)
    listed = _listed(things)
    sha256 = blobs.put(listed.text).sha256
    token = local.load(folder()).stamp(sha256, now=now)
    return _keep(listed, sha256, token, Stamp.LOCAL)


def seal_waiting(now: datetime) -> int:
    """How many things were stamped by the house's own authority now; those of older releases too."""
    total = 0
    while things := _waiting(Stamp.LOCAL):
        seal(things, now=now)
        total += len(things)
    return total


def seal_outside(now: datetime, make_fetcher: outside.MakeFetcher = outside.fetcher) -> int:
    """How many things the configured authority stamped now. Never call it in a transaction.

    Raises:
        StampFault: it refused, or its answer cannot be believed.
        FetchError: it cannot be reached.
    """
    things = _waiting(Stamp.OUTSIDE)
    if not (settings.HOIAM_TSA_URL and things):
        return 0
    listed = _listed(things)
    sha256 = blobs.put(listed.text).sha256
    nonce = secrets.randbits(63)
    answer = outside.ask(tokens.request_for(sha256, nonce), make_fetcher)
    token = tokens.granted(answer, sha256=sha256, nonce=nonce, roots=roots(Stamp.OUTSIDE), now=now)
    _keep(listed, sha256, token, Stamp.OUTSIDE)
    return len(things)


def _waiting(authority: str) -> Things:
    found: list[tuple[Kind, Any]] = []
    for kind in kinds.kinds():
        rows = kinds.waiting(kind, authority)[: MOST - len(found)]
        found += [(kind, row) for row in rows]
    return list(islice(found, MOST))


def _listed(things: Iterable[tuple[Kind, Any]]) -> Listed:
    rows = [(kind.code, row.pk, kind.facts(row)) for kind, row in things]
    lines = (line(code, pk, facts["blob"], facts) for code, pk, facts in rows)
    return Listed((HEAD + "\n".join(lines) + "\n").encode(), rows)


@transaction.atomic
def _keep(listed: Listed, sha256: str, token: bytes, authority: str) -> Stamp:
    said = tokens.read(token)
    stamp = Stamp.objects.create(
        authority=authority,
        name=said.authority[:200],
        gen_time=said.gen_time,
        serial=str(said.serial),
        listing=sha256,
        token=blobs.put(token).sha256,
        count=len(listed.rows),
    )
    Sealed.objects.bulk_create(
        Sealed(kind=code, subject_id=pk, sha256=facts["blob"], facts=facts, stamp=stamp)
        for code, pk, facts in listed.rows
    )
    return stamp
