"""A piece somebody sends in: its text, its pictures, the Word file it was read from, and where it stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.newsroom.models.article import Article, Section
from hoiam.newsroom.states.submissions import ReadingState, SubmissionState

ALLOWED = Q(state__in=[*SubmissionState.values])


class Submission(models.Model):
    """A piece (bài gửi) of an official's own unit, or of somebody outside who was asked for it.

    `body` is safe HTML; a picture of the piece stands in it as `<img src="/anh/<sha-256>.jpg">`. `version` grows with each
    change: who writes over an older text is told. `page_key` names where editors work on it ("workbench:12").
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="submissions")
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="submissions"
    )
    writer_name = models.CharField("người viết", max_length=120)
    byline = models.CharField("tên ghi trên bài", max_length=120, blank=True)
    other_names = models.CharField("viết cùng", max_length=300, blank=True)
    commission = models.ForeignKey(
        "Commission", null=True, on_delete=models.PROTECT, related_name="submissions"
    )
    state = models.CharField(
        max_length=10, choices=SubmissionState.choices, default=SubmissionState.DRAFT
    )
    title = models.CharField("tên bài", max_length=300, blank=True)
    lead = models.TextField("sa pô", blank=True)
    body = models.TextField("nội dung (HTML sạch)", blank=True)
    theme = models.PositiveSmallIntegerField("chủ đề trọng tâm (1–5)", null=True, blank=True)
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.TextField("lời nhắn cho biên tập", blank=True)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField("bắt đầu viết lúc")
    saved_at = models.DateTimeField("lưu lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("biên tập xử lý lúc", null=True)
    reason = models.TextField("lý do trả lại, không dùng", blank=True)
    page_key = models.CharField(max_length=80, blank=True, db_index=True)
    article = models.ForeignKey(
        Article, null=True, on_delete=models.SET_NULL, related_name="submissions"
    )
    printed_in = models.CharField("nơi đăng", max_length=250, blank=True)
    printed_url = models.URLField("đường dẫn", max_length=1000, blank=True)
    printed_on = models.DateField("ngày đăng", null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [
            models.CheckConstraint(name="submission_state", condition=ALLOWED),
            models.CheckConstraint(
                name="submission_theme", condition=Q(theme=None) | Q(theme__gte=1, theme__lte=5)
            ),
            models.CheckConstraint(
                name="submission_reasoned",
                condition=~Q(state__in=["returned", "declined"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="submission_printed_somewhere",
                condition=~Q(state="printed") | ~Q(printed_on=None),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "-sent_at"]),
            models.Index(fields=["writer", "-saved_at"]),
        ]

    def __str__(self) -> str:
        return self.title or "Bài chưa đặt tên"


class SubmissionPicture(models.Model):
    """A picture of a piece, made anew and kept by its SHA-256; without `alt` the piece cannot be sent."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="pictures")
    blob = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField("ảnh cho thấy gì", max_length=300, blank=True)
    caption = models.CharField("chú thích", max_length=500, blank=True)
    credit = models.CharField("ảnh của", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "blob"], name="submission_picture_once")
        ]


class SubmissionFile(models.Model):
    """A Word file sent for a piece: how far it was read, or why it was not."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    blob = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField("cỡ tệp (byte)")
    state = models.CharField(
        max_length=8, choices=ReadingState.choices, default=ReadingState.WAITING
    )
    done = models.PositiveSmallIntegerField("số ảnh đã đọc", default=0)
    total = models.PositiveSmallIntegerField("số ảnh trong tệp", default=0)
    said = models.TextField("điều cần biết sau khi đọc", blank=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(state__in=["waiting", "reading"]),
                name="submission_file_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name
