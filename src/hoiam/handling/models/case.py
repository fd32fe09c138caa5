"""Cases (hồ sơ xử lý): one matter at one agency, its moments, parties and facts."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.handling.states import CaseChannel, CaseState, MomentKind, PartyRole
from hoiam.monitoring.models import Item, Story


class Case(models.Model):
    """One matter at one agency, from the first report to the counted result."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    title = models.TextField("vụ việc")
    story = models.ForeignKey(Story, null=True, on_delete=models.SET_NULL, related_name="cases")
    channel = models.CharField(
        "đến bằng đường", max_length=16, choices=CaseChannel.choices, default=CaseChannel.ARTICLE
    )
    incoming_number = models.CharField("số, ký hiệu văn bản đến", max_length=60, blank=True)
    incoming_on = models.DateField("ngày văn bản đến", null=True)
    incoming_from = models.CharField("nơi gửi", max_length=250, blank=True)
    severity = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.RECEIVED)
    first_seen_at = models.DateTimeField("hệ thống thấy lần đầu", null=True)
    event_on = models.DateField("ngày xảy ra sự việc", null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    plan = models.TextField("phương án cung cấp thông tin", blank=True)
    remedy = models.TextField("chấn chỉnh nội bộ", blank=True)
    result = models.CharField("kết quả", max_length=30, blank=True)
    result_note = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.ForeignKey(
        "handling.Outcome", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Split off from it, or handed over by its agency.
    came_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="went_to"
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )
    fictional = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "ordinal"], name="case_number_once"),
            models.UniqueConstraint(
                fields=["agency", "story"],
                name="case_once_a_story",
                condition=~Q(state=CaseState.CLOSED),
            ),
            models.CheckConstraint(
                name="case_state", condition=Q(state__in=[state.value for state in CaseState])
            ),
            models.CheckConstraint(
                name="case_closed_with_result",
                condition=~Q(state=CaseState.CLOSED) | (~Q(result="") & ~Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="case_channel",
                condition=Q(channel__in=[channel.value for channel in CaseChannel]),
            ),
        ]
        indexes = [
            # Counting the tabs and filters of the list reads this alone.
            models.Index(fields=["agency", "state", "severity"]),
            models.Index(fields=["-opened_at", "-id"], name="case_newest"),
            models.Index(
                fields=["-opened_at", "-id"],
                name="case_newest_open",
                condition=~Q(state=CaseState.CLOSED),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """What people call the case: "HS 118/2026"."""
        return f"HS {self.ordinal}/{self.year}"


class CaseItem(models.Model):
    """An item that belongs to a case: the first report, reprints, later versions."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="case_items")
    is_lead = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_lead", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "item"], name="case_item_once")]

    def __str__(self) -> str:
        return str(self.item)


class LeftOutItem(models.Model):
    """An item taken out of a case with its reason (đưa bài ra): not offered again."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="left_out")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("vì sao")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["case", "item"], name="left_out_once")]

    def __str__(self) -> str:
        return str(self.item)


class CaseMoment(models.Model):
    """One of the three starting moments. Never altered: a mistake is replaced by a new row that points to the old."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="moments")
    kind = models.CharField(max_length=24, choices=MomentKind.choices)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    # Medium of the outlet this moment is about, where the clock depends on it.
    media_type = models.CharField(max_length=20, blank=True)
    evidence = models.ForeignKey(
        "handling.Evidence", null=True, on_delete=models.PROTECT, related_name="+"
    )
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Party(models.Model):
    """A unit or person with a part in the case: lead, coordinating or for information."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=12, choices=PartyRole.choices)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="one_lead", condition=Q(role=PartyRole.LEAD)
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.get_role_display()}"


class FactRow(models.Model):
    """One row of the facts table: what the paper says ↔ what is true ↔ proof (bảng đối chiếu)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    position = models.PositiveSmallIntegerField(default=0)
    claim = models.TextField("báo nêu")
    truth = models.TextField("thực tế", blank=True)
    evidence = models.TextField("chứng cứ", blank=True)
    is_claim_right = models.BooleanField("báo nêu đúng", null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.claim

    @property
    def is_complete(self) -> bool:
        """Whether truth, proof and judgement are all there."""
        return bool(self.truth and self.evidence and self.is_claim_right is not None)


class FactProof(models.Model):
    """A file or a report that proves one row of the facts table, beside the words."""

    fact = models.ForeignKey(FactRow, on_delete=models.CASCADE, related_name="proofs")
    evidence = models.ForeignKey(
        "handling.Evidence", null=True, on_delete=models.PROTECT, related_name="proofs"
    )
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["fact", "evidence"], name="fact_evidence_once"),
            models.UniqueConstraint(fields=["fact", "item"], name="fact_item_once"),
            models.CheckConstraint(
                name="proof_is_file_or_item",
                condition=Q(evidence=None, item__isnull=False)
                | Q(item=None, evidence__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.evidence or self.item)


class Note(models.Model):
    """A remark or an opinion of a leader on a case (ý kiến chỉ đạo)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]
