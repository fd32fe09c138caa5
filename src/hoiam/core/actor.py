"""Who acts: an official with the posts of one day, resolved once at the rim and handed down as an argument."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class PostFact:
    """One post held on the actor's day."""

    agency_id: int
    agency_name: str
    level: str
    role: str
    title: str = ""


@dataclass(frozen=True)
class Actor:
    """An official as of one day; policies and scopes ask it and never the database.

    Attributes:
        official: the signed-in user's row (an `agencies.Official`).
        today: Vietnam civil date for which the posts hold.
        posts: posts held that day, first the one the person works from.
        agency_ids: agencies whose rows the person may see: own, below, and their predecessors.
        sees_everything: whether the person sits at the centre (organisation.md §6).
    """

    official: Any
    today: date
    posts: tuple[PostFact, ...] = ()
    agency_ids: frozenset[int] = field(default_factory=frozenset)
    sees_everything: bool = False

    @property
    def pk(self) -> int:
        """Primary key of the official's row."""
        return int(self.official.pk)

    @property
    def is_active(self) -> bool:
        """Whether the account is in use and holds any post today."""
        return bool(self.official.is_active and self.posts)

    def __str__(self) -> str:
        return str(self.official)

    def sees(self, agency_id: int | None) -> bool:
        """Whether rows of this agency are in the person's scope; rows of no agency belong to the centre."""
        return self.sees_everything or (agency_id is not None and agency_id in self.agency_ids)

    def has_role(self, *roles: str, agency_id: int | None = None) -> bool:
        """Whether one of the roles is held: anywhere, or at exactly the agency given."""
        return any(
            post.role in roles and (agency_id is None or post.agency_id == agency_id)
            for post in self.posts
        )
