"""What a unit shows for its part in a task: a file, an address, an article that was found, a row of another room."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.monitoring.models import Item
from hoiam.scheme.models.task import Assignment
from hoiam.scheme.states import ProductKind


class Product(models.Model):
    """One product. `found_at` is when the house itself saw what is claimed; a claim nobody saw counts for no quota.

    A file is seen as soon as it is in the store. A removed product stays with its reason.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="products")
    kind = models.CharField("loại", max_length=5, choices=ProductKind.choices)
    title = models.CharField("tên sản phẩm", max_length=300)
    note = models.TextField("ghi chú", blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    blob = models.CharField("SHA-256 của tệp", max_length=64, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    url = models.URLField("địa chỉ", max_length=1000, blank=True)
    # As `Item.url_key`: by it an article collected later is known again.
    url_key = models.CharField(max_length=64, blank=True, db_index=True)
    item = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A row of another room, as the registry of proofs names it.
    proof = models.CharField(max_length=80, blank=True)
    happened_on = models.DateField("ngày đăng, ngày diễn ra", null=True)
    found_at = models.DateTimeField("hệ thống thấy lúc", null=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)
    removed_why = models.TextField("lý do rút", blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-added_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="product_kind", condition=Q(kind__in=[kind.value for kind in ProductKind])
            ),
            # The same thing shown twice would be counted twice.
            models.UniqueConstraint(
                fields=["assignment", "url_key"],
                name="product_link_once",
                condition=Q(removed_at=None) & ~Q(url_key=""),
            ),
            models.UniqueConstraint(
                fields=["assignment", "proof"],
                name="product_proof_once",
                condition=Q(removed_at=None) & ~Q(proof=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
