"""Rows of the seals: what was stamped, by which authority, when; and the ledger's head of each day."""

from django.db import models


class Stamp(models.Model):
    """One RFC 3161 token (dấu thời gian) over one list of sealed things (bảng kê niêm phong); both are in the store."""

    LOCAL, OUTSIDE = "local", "outside"
    AUTHORITIES = ((LOCAL, "nội bộ"), (OUTSIDE, "dịch vụ bên ngoài"))

    authority = models.CharField("nơi đóng dấu", max_length=8, choices=AUTHORITIES)
    name = models.CharField("tên trên chứng thư", max_length=200)
    gen_time = models.DateTimeField("thời điểm trong dấu")
    serial = models.CharField(max_length=60)
    listing = models.CharField("SHA-256 của bảng kê", max_length=64)
    token = models.CharField("SHA-256 của dấu", max_length=64)
    count = models.PositiveIntegerField("số mục trong bảng kê")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.gen_time}"


class Sealed(models.Model):
    """One thing in one stamp: its bytes' hash and what its row said then, so that an altered row is told field by field."""

    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    facts = models.JSONField()
    stamp = models.ForeignKey(Stamp, on_delete=models.PROTECT, related_name="things")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "stamp"], name="sealed_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class LedgerAnchor(models.Model):
    """The ledger's head as it stood on one day (neo nhật ký), sealed and copied beside the database."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    count = models.BigIntegerField("số bản ghi")
    entry_id = models.BigIntegerField("bản ghi cuối")
    digest = models.CharField("mã băm của bản ghi cuối", max_length=64)
    blob = models.CharField("SHA-256 của tờ neo", max_length=64)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"
