"""Mailboxes letters come to, and which mails were read."""

from django.db import models

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.letters.models.letter import ReaderLetter


class LetterBox(models.Model):
    """An agency's mailbox: the environment variable alone says where it is and with which password."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="letter_box")
    variable = models.CharField("biến môi trường", max_length=80)
    is_on = models.BooleanField("đang đọc", default=True)
    read_at = models.DateTimeField("đọc lần cuối", null=True)
    problem = models.TextField("lỗi lần đọc cuối", blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = ScopedManager()

    def __str__(self) -> str:
        return f"Hộp thư đơn của {self.agency}"


class LetterMail(models.Model):
    """One mail that was read: its Message-ID makes it a letter once, however often the box shows it."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    message_key = models.CharField("SHA-256 của Message-ID", max_length=64)
    letter = models.ForeignKey(ReaderLetter, null=True, on_delete=models.SET_NULL)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "message_key"], name="letter_mail_once")
        ]

    def __str__(self) -> str:
        return self.message_key[:12]
