"""Spokespersons (người phát ngôn): appointments, the duty to publish a name, official accounts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models.agency import Agency
from hoiam.agencies.models.official import Official, Post
from hoiam.agencies.states import AccountPlatform, PublicationState, SpokespersonKind
from hoiam.core.scope import ScopedManager


class Spokesperson(models.Model):
    """One appointment: a person speaks for an agency from a day to a day, with the card the public sees."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="spokespersons")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField("loại", max_length=12, choices=SpokespersonKind.choices)
    title = models.CharField("chức vụ", max_length=120)
    phone = models.CharField("số điện thoại", max_length=30)
    email = models.EmailField("thư điện tử công vụ")
    decision = models.CharField("quyết định số", max_length=80, blank=True)
    decided_at = models.DateTimeField("thời điểm ký quyết định")
    signer = models.CharField("người ký", max_length=120, blank=True)
    decision_blob = models.CharField("SHA-256 của tệp quyết định", max_length=64, blank=True)
    decision_name = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    reason = models.TextField("vì sao giao ở cấp này", blank=True)
    is_listed = models.BooleanField("đưa lên danh sách công khai", default=True)
    post = models.OneToOneField(
        Post, null=True, on_delete=models.SET_NULL, related_name="appointment"
    )
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    appointed_at = models.DateTimeField()
    end_reason = models.TextField("lý do kết thúc", blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField("thẻ đổi lần cuối")

    objects = ScopedManager()

    class Meta:
        ordering = ["kind", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                name="spokesperson_kind",
                condition=Q(kind__in=[kind.value for kind in SpokespersonKind]),
            ),
            models.CheckConstraint(
                name="spokesperson_dates",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="spokesperson_ended_with_reason",
                condition=Q(ended_at=None) | ~Q(end_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["agency", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.official} · {self.get_kind_display()}"


class Publication(models.Model):
    """The duty to make one person's name public, and when the public page was found to show it (PN-03, PN-03h)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="publications")
    spokesperson = models.OneToOneField(
        Spokesperson, null=True, on_delete=models.CASCADE, related_name="publication"
    )
    card = models.JSONField("phải thấy trên trang", default=dict)  # name, title, phone, email
    rule = models.CharField(max_length=12, blank=True)
    source = models.CharField("căn cứ", max_length=120, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=10, choices=PublicationState.choices, default=PublicationState.OPEN
    )
    published_at = models.DateTimeField("công khai lúc", null=True)
    url = models.URLField("trang công khai", max_length=1000, blank=True)
    reason = models.TextField(blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="publication_state",
                condition=Q(state__in=[state.value for state in PublicationState]),
            ),
            models.CheckConstraint(
                name="publication_closed_when_published",
                condition=~Q(state__in=["found", "by_hand"]) | ~Q(published_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.card.get("name", ""))

    @property
    def is_late(self) -> bool:
        """Whether it was published after its time; one still open is judged by the clock on the page."""
        return bool(self.due_at and self.published_at and self.published_at > self.due_at)


class PublicationCheck(models.Model):
    """One look at the public page: what of the card stood there, and the capture that proves it."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    url = models.URLField(max_length=1000, blank=True)
    found = models.JSONField(default=list)  # [{name, start, end, text}]
    missing = models.JSONField(default=list)
    fault = models.TextField("vì sao không đọc được", blank=True)
    blob = models.CharField("SHA-256 của bản chụp", max_length=64, blank=True)
    payload_sha256 = models.CharField("SHA-256 của trang", max_length=64, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.publication} {self.at}"


class OfficialAccount(models.Model):
    """A page or account where the agency itself gives information (tài khoản chính thức)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="accounts")
    platform = models.CharField("nền tảng", max_length=12, choices=AccountPlatform.choices)
    name = models.CharField("tên trang, tài khoản", max_length=150)
    url = models.URLField("địa chỉ", max_length=1000)
    since = models.DateField("công bố từ ngày")
    until = models.DateField("ngừng dùng từ ngày", null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["platform", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "url"], name="account_once", condition=Q(until=None)
            ),
            models.CheckConstraint(
                name="account_platform",
                condition=Q(platform__in=[kind.value for kind in AccountPlatform]),
            ),
        ]

    def __str__(self) -> str:
        return self.name
