"""What people wrote below the official page's posts, brought in by file. No profile of anybody is ever built."""

from django.db import models

from hoiam.monitoring.models.source import ItemImport, Source


class Comment(models.Model):
    """One comment (bình luận). Of its writer only a salted code is kept, another one under each post."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="comments")
    taken_by = models.ForeignKey(ItemImport, on_delete=models.PROTECT, related_name="comments")
    key = models.CharField(max_length=64, unique=True)  # SHA-256 of post, pseudonym, time, text
    post_url = models.URLField("địa chỉ bài đăng", max_length=1000, blank=True)
    pseudonym = models.CharField("mã thay tên", max_length=12, blank=True)
    text = models.TextField("nội dung")
    at = models.DateTimeField("thời điểm viết", null=True)
    at_raw = models.CharField(max_length=120, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["source", "-at"])]

    def __str__(self) -> str:
        return self.text[:60]
