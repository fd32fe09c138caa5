"""Signs that a known report was changed by its paper; whoever keeps versions works them off."""

from django.db import models

from hoiam.monitoring.models.item import Item


class MaybeChanged(models.Model):
    """The newest sign that one item's page may have changed: another title in the feed, or a later lastmod."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="maybe_changed")
    title = models.TextField(blank=True)
    modified_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["seen_at", "id"]
        indexes = [models.Index(fields=["handled_at", "seen_at"])]

    def __str__(self) -> str:
        return self.title
