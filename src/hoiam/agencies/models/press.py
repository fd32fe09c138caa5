"""The press: agencies (cơ quan báo chí), their channels, reporters."""

from django.db import models
from django.db.models import Q

from hoiam.agencies.states import MediaType


class PressAgency(models.Model):
    """A press agency; its outlets are `Channel` rows."""

    name = models.CharField("tên cơ quan báo chí", max_length=200, unique=True)
    sort_key = models.CharField(max_length=400, blank=True)
    owner = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    press_authority = models.CharField(
        "cơ quan quản lý nhà nước về báo chí", max_length=200, blank=True
    )
    # Whom a request to act is sent to, when the outlet does not answer.
    owner_address = models.CharField("địa chỉ cơ quan chủ quản", max_length=250, blank=True)
    press_authority_address = models.CharField(
        "địa chỉ cơ quan quản lý nhà nước về báo chí", max_length=250, blank=True
    )
    province_code = models.CharField("mã tỉnh (báo địa phương)", max_length=4, blank=True)
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    email = models.EmailField("thư điện tử tòa soạn", blank=True)
    phone = models.CharField("điện thoại", max_length=60, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    valid_to = models.DateField("hoạt động đến", null=True, blank=True)
    fictional = models.BooleanField("hư cấu, chỉ để tập huấn", default=False)

    class Meta:
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.name


class Channel(models.Model):
    """A product of a press agency: a paper, a site, a programme, an official page; it has one media type."""

    press_agency = models.ForeignKey(PressAgency, on_delete=models.CASCADE, related_name="channels")
    name = models.CharField("tên sản phẩm, kênh", max_length=200)
    media_type = models.CharField("loại hình", max_length=20, choices=MediaType.choices)
    host = models.CharField(
        "tên miền hoặc địa chỉ trang", max_length=200, blank=True, db_index=True
    )
    period_days = models.PositiveSmallIntegerField("kỳ xuất bản (ngày)", null=True, blank=True)
    correction_url = models.URLField(
        "địa chỉ chuyên mục cải chính, xin lỗi", max_length=500, blank=True
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="channel_media_type",
                condition=Q(media_type__in=[kind.value for kind in MediaType]),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Reporter(models.Model):
    """A reporter an agency meets with; contact data only, no profile of activity is ever built."""

    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=250, blank=True)
    press_agency = models.ForeignKey(
        PressAgency, null=True, blank=True, on_delete=models.SET_NULL, related_name="reporters"
    )
    phone = models.CharField("số điện thoại", max_length=60, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    note = models.CharField("ghi chú", max_length=250, blank=True)

    class Meta:
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.full_name
