"""One fail-closed scope: a queryset that was not narrowed to an actor refuses to be evaluated.

`visible_to` querysets of the rooms call `.narrowed()`; background work opens a queryset with a stated reason by
`.system("…")`. Rows reached through a parent instance (`case.clocks.all()`) count as narrowed by that parent.
Used as the value of a filter (`case__in=…`) it is checked too; inside `Exists`/`Subquery` it must be tied to the outer
row. Not caught here: `.raw()`, `.extra()` and an untied `Exists` (tests/core/test_scope_lint.py looks for those).
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any, Self

from django.db import models


class NotNarrowed(RuntimeError):
    """A scoped queryset was evaluated without an actor or a stated system reason: a bug, never shown to users."""


class ScopedQuerySet(models.QuerySet):
    """A queryset that must be narrowed before it may touch rows."""

    _open = False

    def _clone(self) -> Self:
        clone = super()._clone()
        clone._open = self._open
        return clone

    def narrowed(self, **where: Any) -> Self:
        """This queryset filtered by `where` and marked as narrowed to an actor."""
        clone = self.filter(**where)
        clone._open = True
        return clone

    def system(self, reason: str) -> Self:
        """This queryset opened to the system itself; `reason` says why no actor narrows it."""
        if not reason.strip():
            raise ValueError("a system queryset needs a reason")
        clone = self._chain()
        clone._open = True
        return clone

    def _check(self) -> None:
        if not (self._open or self._hints.get("instance") is not None):
            raise NotNarrowed(f"{self.model.__name__}: narrow to an actor or give a system reason")

    def _fetch_all(self) -> None:
        self._check()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """As Django's, for a narrowed queryset."""
        self._check()
        return super().iterator(*args, **kwargs)

    def aiterator(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        """As Django's, for a narrowed queryset (Django's own does not pass through `iterator`)."""
        self._check()
        return super().aiterator(*args, **kwargs)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's: what stands as a value in another query shows rows just as well."""
        self._check()
        return super().resolve_expression(*args, **kwargs)

    def __or__(self, other: Any) -> Any:
        return self._joined(super().__or__(other), other)

    def __xor__(self, other: Any) -> Any:
        return self._joined(super().__xor__(other), other)

    def union(self, *others: Any, all: bool = False) -> Any:
        """As Django's; open only when every part was narrowed."""
        return self._joined(super().union(*others, all=all), *others)

    def _joined(self, found: Any, *others: Any) -> Any:
        # Rows come from any part, so one part that was not narrowed would open all of its rows.
        found._open = self._open and all(other._open for other in others)
        return found

    def count(self) -> int:
        """As Django's, for a narrowed queryset."""
        self._check()
        return super().count()

    def exists(self) -> bool:
        """As Django's, for a narrowed queryset."""
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django's, for a narrowed queryset."""
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **values: Any) -> int:
        """As Django's, for a narrowed queryset."""
        self._check()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, for a narrowed queryset."""
        self._check()
        return super().delete()

    def explain(self, *args: Any, **kwargs: Any) -> str:
        """As Django's, for a narrowed queryset."""
        self._check()
        return super().explain(*args, **kwargs)


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)
