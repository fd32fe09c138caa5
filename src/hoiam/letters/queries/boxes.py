"""Mailboxes in the actor's sight: those of the agencies where the actor may set one."""

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.letters.models import LetterBox
from hoiam.letters.policies import HANDLERS


def box_agencies(actor: Actor) -> list[int]:
    """Keys of the agencies whose mailbox the actor may set."""
    return [post.agency_id for post in actor.posts if post.role in HANDLERS]


def letter_boxes_visible_to(actor: Actor) -> ScopedQuerySet:
    """The mailboxes of these agencies."""
    return LetterBox.objects.narrowed(agency__in=box_agencies(actor)).select_related("agency")
