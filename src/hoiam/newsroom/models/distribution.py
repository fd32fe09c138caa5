"""Packages for the press: lists by beat and province with their receivers, packages, what was sent to whom, what was told after."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency, Channel, PressAgency, Reporter
from hoiam.core.models import OutgoingMail
from hoiam.core.scope import ScopedManager
from hoiam.newsroom.models.article import Article
from hoiam.newsroom.states.distribution import (
    Beat,
    Means,
    NoticeKind,
    PackageState,
    ReceiverState,
    SendingState,
)


class DistributionList(models.Model):
    """Press partners of one agency, by beat and province (danh sách nơi nhận tin)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="press_lists")
    name = models.CharField("tên danh sách", max_length=150)
    beat = models.CharField("mảng", max_length=10, choices=Beat.choices, default=Beat.ALL)
    province = models.CharField("tỉnh, thành phố", max_length=60, blank=True)
    about = models.CharField("ghi chú", max_length=300, blank=True)
    is_open = models.BooleanField("đang dùng", default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedManager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="press_list_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Receiver(models.Model):
    """One who receives what is sent to a list: by mail, by a feed of their own, or pushed to their address.

    `token` opens their feed and tells who fetched; `secret` signs what is pushed. Contact data only.
    """

    press_list = models.ForeignKey(
        DistributionList, on_delete=models.CASCADE, related_name="receivers"
    )
    press_agency = models.ForeignKey(
        PressAgency, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    channel = models.ForeignKey(Channel, null=True, on_delete=models.SET_NULL, related_name="+")
    reporter = models.ForeignKey(Reporter, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField("nơi nhận", max_length=200)
    phone = models.CharField("điện thoại", max_length=60, blank=True)
    means = models.CharField("cách nhận", max_length=8, choices=Means.choices)
    email = models.EmailField("thư điện tử", blank=True)
    url = models.URLField("địa chỉ nhận qua API", max_length=500, blank=True)
    secret = models.CharField(max_length=64, blank=True)
    token = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        max_length=8, choices=ReceiverState.choices, default=ReceiverState.ACTIVE
    )
    fault = models.CharField("vì sao không gửi được", max_length=500, blank=True)
    state_at = models.DateTimeField()
    last_seen_at = models.DateTimeField("mở lần gần nhất", null=True)
    fetches = models.PositiveIntegerField("lượt đọc nguồn tin", default=0)

    objects = ScopedManager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="receiver_reachable",
                condition=(Q(means=Means.EMAIL) & ~Q(email=""))
                | (Q(means=Means.PUSH) & ~Q(url="") & ~Q(secret=""))
                | Q(means=Means.FEED),
            ),
            models.UniqueConstraint(
                fields=["press_list", "email"],
                name="receiver_mail_once",
                condition=Q(means=Means.EMAIL) & ~Q(state=ReceiverState.REMOVED),
            ),
        ]
        indexes = [models.Index(fields=["press_list", "state"])]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where it goes: what makes two receivers the same one."""
        return {Means.EMAIL: self.email.lower(), Means.PUSH: self.url}.get(
            Means(self.means), self.token
        )


class Package(models.Model):
    """One or several articles sent together with covering words (gói tin). Nothing leaves before `embargo_until`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="packages")
    title = models.CharField("tên gói tin", max_length=200)
    words = models.TextField("lời gửi", blank=True)
    lists = models.ManyToManyField(DistributionList, related_name="packages")
    embargo_until = models.DateTimeField("không gửi trước", null=True)
    with_pictures = models.BooleanField("gửi kèm ảnh", default=True)
    state = models.CharField(
        max_length=10, choices=PackageState.choices, default=PackageState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reason = models.CharField("lý do trả lại, hủy", max_length=300, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="package_state", condition=Q(state__in=[each.value for each in PackageState])
            ),
            models.CheckConstraint(
                name="package_sent_when", condition=~Q(state=PackageState.SENT) | ~Q(sent_at=None)
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-changed_at"])]

    def __str__(self) -> str:
        return self.title


class PackageArticle(models.Model):
    """One article of a package; `sent_version` is the text that went out, 0 when it was left out."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="contents")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="package_places")
    order = models.PositiveSmallIntegerField()
    sent_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["package", "article"], name="package_article_once")
        ]

    def __str__(self) -> str:
        return str(self.article)


class ArticleNotice(models.Model):
    """What was told to those who had received an article: one for each act on it (`mark` names the act)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="press_notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    mark = models.CharField(max_length=60)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "kind", "mark"], name="article_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article}"


class PackageDelivery(models.Model):
    """One sending to one receiver: the package itself, or (with `notice`) what became of one of its articles.

    `token` opens the receiver's page. Opened means: the page or a file of it was asked for, or the feed was read. Letters
    carry nothing that tells of their being read.
    """

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="deliveries")
    receiver = models.ForeignKey(Receiver, on_delete=models.CASCADE, related_name="deliveries")
    notice = models.ForeignKey(
        ArticleNotice, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    token = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        max_length=8, choices=SendingState.choices, default=SendingState.QUEUED
    )
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")
    attempt = models.PositiveSmallIntegerField(default=1)
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=500, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    last_opened_at = models.DateTimeField(null=True)
    opens = models.PositiveIntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "receiver"],
                name="package_delivered_once",
                condition=Q(notice=None),
            ),
            models.UniqueConstraint(fields=["notice", "receiver"], name="notice_delivered_once"),
        ]
        indexes = [models.Index(fields=["state", "id"])]

    def __str__(self) -> str:
        return f"{self.package} → {self.receiver}"
