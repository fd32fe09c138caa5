"""What was published on the portal: one row an article as it stands, its earlier texts, its people and pictures.

An article is a published snapshot. Editors work in the workbench; what they publish is written here by an action and read
from here by the public pages, the feeds, the packages for papers and the Scheme. None of these knows the workbench.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.newsroom.states.articles import ArticleKind, ArticleState


class Section(models.Model):
    """A section of the portal (chuyên mục); all agencies share the list."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField("tên chuyên mục", max_length=120)
    about = models.CharField("giới thiệu", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_shown = models.BooleanField("hiện trên cổng", default=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One thing on the portal. `page_key` names where it is edited ("workbench:12"); the same key is published once.

    `body` is safe HTML, cleaned when it was published. `expires_at`: from that moment it no longer shows, whether a job
    came by or not. `extra` holds what only one kind has (a document's signer, a video's address), by the names in
    `ArticleKind`'s forms.
    """

    kind = models.CharField("loại", max_length=12, choices=ArticleKind.choices)
    state = models.CharField(
        max_length=12, choices=ArticleState.choices, default=ArticleState.STANDING
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="articles")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="articles")
    campaign = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="campaign_articles"
    )
    theme = models.PositiveSmallIntegerField("chủ đề trọng tâm (1–5)", null=True, blank=True)
    page_key = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    title = models.CharField("tên bài", max_length=300)
    lead = models.TextField("sa pô", blank=True)
    body = models.TextField("nội dung (HTML sạch)", blank=True)
    byline = models.CharField("tác giả ghi trên bài", max_length=300, blank=True)
    source_name = models.CharField("nguồn", max_length=200, blank=True)
    source_url = models.URLField("đường dẫn nguồn", max_length=1000, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField("đăng lúc")
    changed_at = models.DateTimeField("sửa lúc", null=True)
    expires_at = models.DateTimeField("hạ lúc", null=True)
    ended_at = models.DateTimeField("rút, gỡ lúc", null=True)
    ended_reason = models.TextField("lý do rút, gỡ", blank=True)
    correction = models.TextField("lời đính chính", blank=True)
    corrected_at = models.DateTimeField("đính chính lúc", null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reads = models.PositiveIntegerField("lượt đọc", default=0)

    objects = ScopedManager()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="article_theme", condition=Q(theme=None) | Q(theme__gte=1, theme__lte=5)
            ),
            models.CheckConstraint(
                name="article_expires_later",
                condition=Q(expires_at=None) | Q(expires_at__gt=F("published_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(fields=["section", "state", "-published_at"]),
            models.Index(fields=["agency", "state", "-published_at"]),
            models.Index(fields=["kind", "state", "-published_at"]),
            models.Index(fields=["theme", "state", "-published_at"]),
            models.Index(fields=["expires_at"]),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleVersion(models.Model):
    """A text that stood on the portal, as it stood; never altered."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once")
        ]


class ArticleAuthor(models.Model):
    """Who wrote it, one line a person: an official of ours, or a name from outside."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="authors")
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="articles"
    )
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("họ và tên, bút danh", max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class ArticlePicture(models.Model):
    """A re-encoded picture kept by its SHA-256; `alt` says what it shows; the first is the cover."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pictures")
    blob = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField("ảnh cho thấy gì", max_length=300)
    caption = models.CharField("chú thích", max_length=500, blank=True)
    credit = models.CharField("ảnh của", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(name="article_picture_told", condition=~Q(alt="")),
        ]
