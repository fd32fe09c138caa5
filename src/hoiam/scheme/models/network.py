"""Experts, the contributors' network of each unit, and what they wrote (sổ tin bài)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency, Channel
from hoiam.core.scope import ScopedManager
from hoiam.monitoring.models import Item
from hoiam.newsroom.models import Article, Commission
from hoiam.scheme.models.scheme import Theme
from hoiam.scheme.states.people import Consent, ExpertKind, InvitationAnswer


class Expert(models.Model):
    """A scientist, expert or former leader who may be asked; without consent no way to reach them is kept."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="experts")
    kind = models.CharField("loại", max_length=10, choices=ExpertKind.choices)
    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=250, blank=True)
    title = models.CharField("học hàm, học vị, chức vụ", max_length=200, blank=True)
    workplace = models.CharField("nơi công tác", max_length=250, blank=True)
    fields = models.CharField("lĩnh vực", max_length=400)
    consent = models.CharField(max_length=10, choices=Consent.choices, default=Consent.ASKED)
    consent_on = models.DateField("ngày trả lời", null=True)
    consent_how = models.CharField("trả lời bằng cách nào", max_length=250, blank=True)
    phone = models.CharField("điện thoại", max_length=60, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                name="expert_reached_with_consent",
                condition=Q(consent=Consent.GIVEN) | Q(phone="", email=""),
            ),
            models.CheckConstraint(
                name="expert_consent_dated",
                condition=Q(consent=Consent.ASKED) | ~Q(consent_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class ExpertWork(models.Model):
    """What an expert wrote or said: found by monitoring, or entered by hand."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="works")
    title = models.CharField("tên bài", max_length=500)
    printed_in = models.CharField("nơi đăng", max_length=250)
    happened_on = models.DateField("ngày")
    url = models.URLField("đường dẫn", max_length=1000, blank=True)
    item = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "title", "happened_on"], name="expert_work_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ExpertInvitation(models.Model):
    """One invitation to write, speak or teach, and the answer; `commission` set: to write this piece, by its due day."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="invitations")
    matter = models.CharField("mời làm gì", max_length=400)
    commission = models.OneToOneField(
        Commission, null=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    asked_on = models.DateField("ngày mời")
    answer = models.CharField(
        max_length=10, choices=InvitationAnswer.choices, default=InvitationAnswer.WAITING
    )
    answered_on = models.DateField("ngày trả lời", null=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="invitation_answer_dated",
                condition=Q(answer=InvitationAnswer.WAITING) | ~Q(answered_on=None),
            )
        ]

    def __str__(self) -> str:
        return self.matter


class Contributor(models.Model):
    """A person who writes for one unit from a day to a day (cộng tác viên); an official, or somebody outside by name."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contributors")
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="contributing"
    )
    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=250, blank=True)
    title = models.CharField("chức vụ, nơi công tác", max_length=200, blank=True)
    pen_names = models.CharField("bút danh", max_length=200, blank=True)
    joined_on = models.DateField("tham gia từ ngày")
    left_on = models.DateField("thôi từ ngày", null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                name="contributor_dates",
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
            ),
            models.UniqueConstraint(
                fields=["agency", "official"],
                name="contributor_once",
                condition=Q(left_on=None) & ~Q(official=None),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class Contribution(models.Model):
    """One piece by a unit or one of its people, where it was printed; `item` set: monitoring found it by itself;
    `article` set: it is an article of our portal, and the line goes when the article is withdrawn.

    `same_key` is the SHA-256 of the canonical address, or of unit, title, place and day where there is none: a piece is
    entered once in the whole house.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contributions")
    contributor = models.ForeignKey(
        Contributor, null=True, on_delete=models.PROTECT, related_name="contributions"
    )
    title = models.CharField("tên tin, bài", max_length=500)
    channel = models.ForeignKey(Channel, null=True, on_delete=models.SET_NULL, related_name="+")
    printed_in = models.CharField("nơi đăng", max_length=250)
    happened_on = models.DateField("ngày đăng")
    url = models.URLField("đường dẫn", max_length=1000, blank=True)
    same_key = models.CharField(max_length=64, unique=True)
    item = models.ForeignKey(
        Item, null=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    article = models.ForeignKey(
        Article, null=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    blob = models.CharField("SHA-256 của ảnh chụp, bản quét", max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="contribution_proved",
                condition=~Q(url="") | ~Q(blob="") | Q(item__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["agency", "-happened_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_found(self) -> bool:
        """Whether the system found the piece itself (tìm thấy bởi hệ thống): collected, or published on our portal."""
        return self.item_id is not None or self.article_id is not None
