"""Turning away at the door those who may not: with the policy's own sentence, before any form is drawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from hoiam.core import authority
from hoiam.core.errors import NotAllowed
from hoiam.desk.rim import actor_of


def turned_away(request: HttpRequest, verb: str, subject: Any) -> bool:
    """Whether the person may not do this; the next page then says why and who may."""
    try:
        authority.check(actor_of(request), verb, subject)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return True
    return False
