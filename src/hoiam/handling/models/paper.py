"""Outgoing papers (văn bản đi), their numbers and versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency, Channel, PressAgency
from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.sole_signer import FourEyesException
from hoiam.handling.states import PaperState
from hoiam.kit.papers import kind
from hoiam.monitoring.models import Item


class NumberBook(models.Model):
    """The last number given by one agency in one year (NĐ 30/2020 Đ15: one series, no gaps)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="number_books")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    # Numbers below it were given before the house kept the book.
    first = models.PositiveIntegerField("số đầu tiên trong sổ này", default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="number_book_once")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}: {self.last}"


class Paper(models.Model):
    """One outgoing paper of a case: its fields, its text as people edited it, its number once approved."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=30)
    subject = models.CharField("trích yếu", max_length=500)
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="papers")
    press_agency = models.ForeignKey(
        PressAgency, null=True, on_delete=models.PROTECT, related_name="papers"
    )
    channel = models.ForeignKey(Channel, null=True, on_delete=models.PROTECT, related_name="papers")
    addressee = models.CharField("kính gửi", max_length=250)
    fields = models.JSONField(default=dict)
    body = models.TextField("nội dung")
    is_body_edited = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=PaperState.choices, default=PaperState.DRAFT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    signing_form = models.CharField(max_length=4, blank=True)
    signing_basis = models.JSONField("căn cứ ký thừa lệnh, thừa ủy quyền", default=dict)
    attached = models.ForeignKey(
        Evidence,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="văn bản gửi kèm",
    )
    withdrawn_reason = models.TextField("lý do hủy số, thu hồi", blank=True)
    number = models.PositiveIntegerField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    symbol = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    blob = models.CharField("SHA-256 của tệp Word đã duyệt", max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_how = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)
    delivery_evidence = models.ForeignKey(
        Evidence, null=True, on_delete=models.PROTECT, related_name="+"
    )
    round = models.PositiveSmallIntegerField("lượt", default=1)
    # Who drafted it may approve it: the one signer of a small unit, recorded and told to the superior.
    exception = models.OneToOneField(
        FourEyesException, null=True, on_delete=models.PROTECT, related_name="paper"
    )

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"],
                name="paper_number_once",
                condition=~Q(number=None),
            ),
            models.CheckConstraint(
                name="paper_state", condition=Q(state__in=[state.value for state in PaperState])
            ),
            models.CheckConstraint(
                name="paper_four_eyes",
                condition=Q(approved_by=None)
                | ~Q(approved_by=models.F("drafted_by"))
                | Q(exception__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # A form that words its subject by itself leaves ours blank.
        return self.subject or kind(self.kind).title


class PaperVersion(models.Model):
    """The text of a paper as one person left it; nothing typed is ever lost."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    body = models.TextField()
    fields = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.paper} {self.at}"
