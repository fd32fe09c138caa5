"""Training (tập huấn, bồi dưỡng): what is needed, the plan of a year, sessions and who took part."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.scheme.states.training import (
    TraineeResult,
    TraineeRole,
    TrainingPlanState,
    TrainingState,
)


class TrainingPlan(models.Model):
    """The plan of one agency for one year; its lines are the sessions planned."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="training_plans")
    year = models.PositiveSmallIntegerField("năm")
    purpose = models.TextField("mục đích, yêu cầu", blank=True)
    state = models.CharField(
        max_length=10, choices=TrainingPlanState.choices, default=TrainingPlanState.DRAFT
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()
    return_reason = models.TextField("lý do trả lại", blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-year", "agency__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="training_plan_once_a_year"),
            models.CheckConstraint(
                name="training_plan_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"Kế hoạch tập huấn năm {self.year} của {self.agency}"


class Training(models.Model):
    """One session, planned and then held; its place, trainer and days may stay open while it is only planned."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="trainings")
    plan = models.ForeignKey(
        TrainingPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="trainings"
    )
    title = models.CharField("tên lớp", max_length=300)
    content = models.TextField("nội dung", blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=250, blank=True)
    trainer = models.CharField("giảng viên, báo cáo viên", max_length=300, blank=True)
    for_roles = models.JSONField("đối tượng", default=list, blank=True)
    state = models.CharField(
        max_length=10, choices=TrainingState.choices, default=TrainingState.PLANNED
    )
    outcome = models.TextField("kết quả chung", blank=True)
    cancel_reason = models.TextField("lý do không tổ chức", blank=True)
    held_at = models.DateTimeField("ghi đã tổ chức lúc", null=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="training_state",
                condition=Q(state__in=[state.value for state in TrainingState]),
            ),
            models.CheckConstraint(
                name="training_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="training_cancelled_with_reason",
                condition=~Q(state=TrainingState.CANCELLED) | ~Q(cancel_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "starts_on"])]

    def __str__(self) -> str:
        return self.title


class TrainingNeed(models.Model):
    """What one unit asks to be trained in; met once a session answers it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="training_needs")
    topic = models.CharField("cần tập huấn về", max_length=300)
    role = models.CharField("cho ai", max_length=14, choices=TraineeRole.choices)
    people = models.PositiveSmallIntegerField("số người")
    why = models.TextField("vì sao", blank=True)
    met_by = models.ForeignKey(
        Training, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(name="training_need_people", condition=Q(people__gte=1))
        ]

    def __str__(self) -> str:
        return self.topic


class TrainingDocument(models.Model):
    """One document of a session."""

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField("tên tài liệu", max_length=250)
    blob = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Trainee(models.Model):
    """One person in one session: an official of a unit, or somebody by name; `is_present` None until it was held."""

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="trainees")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="trainees")
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="trained"
    )
    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=250, blank=True)
    title = models.CharField("chức vụ", max_length=150, blank=True)
    role = models.CharField("tư cách", max_length=14, choices=TraineeRole.choices)
    is_present = models.BooleanField("có mặt", null=True)
    result = models.CharField(max_length=8, choices=TraineeResult.choices, blank=True)
    certificate = models.CharField("số chứng nhận", max_length=60, blank=True)

    class Meta:
        ordering = ["agency__sort_key", "sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "official"], name="trainee_once", condition=~Q(official=None)
            ),
            models.UniqueConstraint(
                fields=["training", "agency", "sort_key"],
                name="trainee_named_once",
                condition=Q(official=None),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
