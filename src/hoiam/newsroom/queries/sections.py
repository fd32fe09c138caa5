"""Sections of the portal, for everybody."""

from django.db.models import QuerySet

from hoiam.newsroom.models import Section


def shown_sections() -> QuerySet[Section]:
    """The sections readers see, in their order."""
    return Section.objects.filter(is_shown=True)
