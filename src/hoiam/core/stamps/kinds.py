"""The register of what is sealed: each room names its rows, what each says, and where their bytes lie."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from hoiam.core.stamps.models import Sealed


def _nothing(row: Any, data: bytes) -> list[str]:
    return []


@dataclass(frozen=True)
class Kind:
    """One kind of sealed thing."""

    code: str
    label: str
    """In Vietnamese, as findings name it."""
    rows: Callable[[], QuerySet]
    """Everything of the kind that has bytes in the store."""
    facts: Callable[[Any], dict[str, Any]]
    """What the row says and may never change, as JSON values; `blob` is the hash of its bytes."""
    name: Callable[[Any], str]
    inner: Callable[[Any, bytes], list[str]] = _nothing
    """What inside the bytes contradicts the row, as sentences."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """The kind, from now on stamped and checked."""
    if kind.code in _kinds:
        raise LookupError(f"{kind.code} is sealed already")
    _kinds[kind.code] = kind
    return kind


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order they were registered."""
    return tuple(_kinds.values())


def kind_of(code: str) -> Kind:
    """The kind of that code."""
    return _kinds[code]


def waiting(kind: Kind, authority: str) -> QuerySet:
    """Rows of the kind this authority has not stamped."""
    done = Sealed.objects.filter(
        kind=kind.code, subject_id=OuterRef("pk"), stamp__authority=authority
    )
    return kind.rows().filter(~Exists(done)).order_by("pk")


def moment(value: datetime | date | None) -> str:
    """A moment or day as facts hold it; blank for none."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return value.isoformat() if value is not None else ""
