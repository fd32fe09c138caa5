"""Enforcement agencies (cơ quan THADS) through time."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.states import Level


class Agency(models.Model):
    """One agency of one era; a later name of the same office is another row, joined by `Succession`."""

    code = models.CharField("mã", max_length=80, unique=True)
    name = models.CharField("tên ngắn", max_length=200)
    full_name = models.CharField("tên đầy đủ", max_length=250)
    sort_key = models.CharField(max_length=400, blank=True)
    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    province_code = models.CharField("mã tỉnh hiện nay", max_length=4, blank=True)
    province = models.CharField("tỉnh, thành phố thời đó", max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    districts = models.JSONField("địa bàn (tên huyện cũ, xã)", default=list, blank=True)
    seat = models.CharField("địa danh ghi trên văn bản", max_length=80, blank=True)
    symbol = models.CharField("ký hiệu cơ quan trong số văn bản", max_length=40, blank=True)
    # The letterhead of its papers; blank means what the register gives.
    governing = models.CharField("dòng cơ quan chủ quản", max_length=250, blank=True)
    contact = models.CharField("địa chỉ ở chân trang đầu", max_length=250, blank=True)
    marks_drafter = models.BooleanField("ghi ký hiệu người soạn", default=False)
    email = models.EmailField("thư điện tử nhận cảnh báo", blank=True)
    fictional = models.BooleanField("hư cấu, chỉ để tập huấn", default=False)

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                name="agency_level", condition=Q(level__in=[level.value for level in Level])
            ),
            models.CheckConstraint(
                name="agency_dates",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["level", "province_code"])]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One office answers for another from a day on (tiền thân → kế thừa)."""

    predecessor = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="predecessions")
    since = models.DateField("từ ngày")
    uncertain = models.BooleanField("chưa rõ Phòng", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class ImportRun(models.Model):
    """One import of a list from a file: what was taken, and row by row what was wrong."""

    kind = models.CharField(max_length=30)
    file_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    dry_run = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # [{row, column, said, sentence}]

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.taken}/{self.rows}"
