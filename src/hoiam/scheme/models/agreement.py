"""Agreements with the press and other bodies (quy chế, chương trình, kế hoạch liên tịch, hợp đồng), clause by clause."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency, PressAgency
from hoiam.core.scope import ScopedManager
from hoiam.scheme.states.agreements import AgreementKind, AgreementState, ClauseKind


class Agreement(models.Model):
    """One signed text between an agency of ours and others; `value` (đồng) only for a contract."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField("loại", max_length=12, choices=AgreementKind.choices)
    title = models.CharField("tên", max_length=500)
    number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    our_signer = models.CharField("người ký bên ta", max_length=200, blank=True)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    # None: no last day is written in the text.
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    is_core = models.BooleanField("cơ quan báo chí nòng cốt", default=False)
    media_types = models.JSONField("loại hình báo chí", default=list, blank=True)
    value = models.PositiveBigIntegerField("giá trị hợp đồng, đồng", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)
    state = models.CharField(
        max_length=10, choices=AgreementState.choices, default=AgreementState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    blob = models.CharField("SHA-256 của bản ký", max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    renews = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewals"
    )
    renewal_told_on = models.DateField("đã báo sắp hết hạn ngày", null=True)
    ended_on = models.DateField("chấm dứt từ ngày", null=True)
    end_reason = models.TextField("lý do chấm dứt", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="agreement_state",
                condition=Q(state__in=[state.value for state in AgreementState]),
            ),
            models.CheckConstraint(
                name="agreement_signed_with_day",
                condition=Q(state=AgreementState.DRAFT)
                | (~Q(signed_on=None) & ~Q(valid_from=None)),
            ),
            models.CheckConstraint(
                name="agreement_dates",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="agreement_ended_with_reason",
                condition=~Q(state=AgreementState.ENDED) | (~Q(ended_on=None) & ~Q(end_reason="")),
            ),
            models.UniqueConstraint(
                fields=["renews"],
                name="one_renewal_at_a_time",
                condition=Q(state=AgreementState.DRAFT),
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.number} – {self.title}" if self.number else self.title


class AgreementParty(models.Model):
    """One other side: a press agency of the directory, or another body by its name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    press_agency = models.ForeignKey(
        PressAgency, null=True, on_delete=models.PROTECT, related_name="agreements"
    )
    name = models.CharField("tên", max_length=250)
    signer = models.CharField("người ký", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "name"], name="agreement_party_once")
        ]

    def __str__(self) -> str:
        return self.name


class AgreementContact(models.Model):
    """Whom to call on the other side; contact data only."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="contacts")
    full_name = models.CharField("họ và tên", max_length=120)
    title = models.CharField("chức vụ, đơn vị", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=60, blank=True)
    email = models.EmailField("thư điện tử", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="agreement_contact_reachable", condition=~Q(phone="") | ~Q(email="")
            )
        ]

    def __str__(self) -> str:
        return self.full_name


class Clause(models.Model):
    """One thing the sides promised; followed on its own. `per_year` is a number the text itself names."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField("số thứ tự")
    kind = models.CharField("việc", max_length=12, choices=ClauseKind.choices)
    text = models.TextField("nội dung")
    per_year = models.PositiveIntegerField("số lượng mỗi năm ghi trong văn bản", null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="clause_number_once")
        ]

    def __str__(self) -> str:
        return f"({self.number}) {self.text}"


class ClauseResult(models.Model):
    """What was done for a clause, entered by a person with proof: a link, a file, or the number of a paper."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="results")
    happened_on = models.DateField("ngày")
    title = models.CharField("kết quả", max_length=500)
    count = models.PositiveIntegerField("số lượng", default=1)
    url = models.URLField("đường dẫn", max_length=1000, blank=True)
    paper = models.CharField("số, ký hiệu văn bản", max_length=120, blank=True)
    blob = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Taken back, never deleted: what was once counted stays readable.
    dropped_why = models.TextField("lý do bỏ", blank=True)

    class Meta:
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="clause_result_proved", condition=~Q(url="") | ~Q(paper="") | ~Q(blob="")
            ),
            models.CheckConstraint(name="clause_result_count", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementReview(models.Model):
    """One review of an agreement (sơ kết, tổng kết) with its conclusions and minutes."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reviews")
    held_on = models.DateField("ngày")
    place = models.CharField("địa điểm", max_length=250, blank=True)
    conclusions = models.TextField("kết luận")
    blob = models.CharField("SHA-256 của biên bản", max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "held_on"], name="review_once_a_day")
        ]

    def __str__(self) -> str:
        return f"Sơ kết {self.held_on}"


class Acceptance(models.Model):
    """One acceptance of what a contract delivered (nghiệm thu): what, how much, by whom; amounts in đồng."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="acceptances")
    accepted_on = models.DateField("ngày nghiệm thu")
    delivered = models.TextField("sản phẩm đã giao")
    count = models.PositiveIntegerField("số lượng", default=1)
    value = models.PositiveBigIntegerField("giá trị nghiệm thu, đồng")
    accepted_by = models.CharField("người nghiệm thu", max_length=200)
    paper = models.CharField("biên bản số", max_length=120, blank=True)
    blob = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["accepted_on", "id"]

    def __str__(self) -> str:
        return self.delivered[:80]
