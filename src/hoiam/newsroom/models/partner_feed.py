"""Feeds of other bodies whose headlines the portal shows (tin của đơn vị bạn): title, lead and link, never the text."""

from django.conf import settings
from django.db import models


class PartnerFeed(models.Model):
    """One feed of one body, read by a job while it is on."""

    name = models.CharField("tên đơn vị", max_length=200)
    url = models.URLField("địa chỉ nguồn tin (RSS, Atom, JSON Feed)", max_length=1000, unique=True)
    is_on = models.BooleanField("đang nhận", default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    read_at = models.DateTimeField("đọc lúc", null=True)
    trouble = models.CharField("lần đọc gần nhất bị", max_length=300, blank=True)
    etag = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class PartnerItem(models.Model):
    """One headline of a partner, plain text only; the reader goes to the partner's page for the rest."""

    feed = models.ForeignKey(PartnerFeed, on_delete=models.CASCADE, related_name="items")
    url_key = models.CharField(max_length=64, unique=True)
    url = models.URLField(max_length=1000)
    title = models.CharField(max_length=300)
    lead = models.CharField(max_length=400, blank=True)
    published_at = models.DateTimeField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["-published_at"])]

    def __str__(self) -> str:
        return self.title
