"""The portal's stamp: every action that changes a public page turns it, in its own transaction."""

from django.db.models import F

from hoiam.newsroom.models import PortalStamp


def turn_stamp() -> None:
    """Nothing; pages kept by the server before this moment are not shown again."""
    if not PortalStamp.objects.filter(pk=1).update(version=F("version") + 1):
        PortalStamp.objects.get_or_create(pk=1, defaults={"version": 1})
