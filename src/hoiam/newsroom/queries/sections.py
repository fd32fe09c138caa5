"""Sections of the portal, for everybody."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from hoiam.newsroom.models import Section
from hoiam.newsroom.queries.articles import standing


def shown_sections() -> QuerySet[Section]:
    """The sections readers see, in their order."""
    return Section.objects.filter(is_shown=True)


def filled_sections(now: datetime) -> QuerySet[Section]:
    """The shown sections in which something stands at this moment, in their order."""
    return shown_sections().filter(Exists(standing(now).order_by().filter(section=OuterRef("pk"))))
