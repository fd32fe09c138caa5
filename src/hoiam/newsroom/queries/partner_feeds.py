"""Feeds of partners and their headlines."""

from django.db.models import Count, Max, QuerySet

from hoiam.newsroom.models import PartnerFeed, PartnerItem


def partner_items() -> QuerySet[PartnerItem]:
    """The headlines of feeds that are on, the newest first."""
    return PartnerItem.objects.filter(feed__is_on=True).select_related("feed")


def partner_feeds() -> QuerySet[PartnerFeed]:
    """Every feed with how many headlines it gave and the newest of them."""
    return PartnerFeed.objects.annotate(given=Count("items"), newest=Max("items__published_at"))
