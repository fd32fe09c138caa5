"""What names people, apart from everything else: read only by who has the right, each time with a reason that is logged."""

from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.letters.models.letter import ReaderLetter
from hoiam.letters.models.question import LegalQuestion
from hoiam.letters.states import PersonRole

OF_ONE = Q(letter=None, question__isnull=False) | Q(letter__isnull=False, question=None)


class LetterPerson(models.Model):
    """Somebody who wrote, speaks for those who wrote, or is named."""

    letter = models.ForeignKey(
        ReaderLetter, null=True, on_delete=models.CASCADE, related_name="people"
    )
    question = models.ForeignKey(
        LegalQuestion, null=True, on_delete=models.CASCADE, related_name="people"
    )
    role = models.CharField(max_length=14, choices=PersonRole.choices)
    name = models.CharField("họ và tên", max_length=150, blank=True)
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    phone = models.CharField("điện thoại", max_length=40, blank=True)
    email = models.CharField("thư điện tử", max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="person_of_one", condition=OF_ONE)]

    def __str__(self) -> str:
        return self.get_role_display()


class SealedText(models.Model):
    """The letter or question as it came, names and all."""

    letter = models.OneToOneField(
        ReaderLetter, null=True, on_delete=models.CASCADE, related_name="sealed"
    )
    question = models.OneToOneField(
        LegalQuestion, null=True, on_delete=models.CASCADE, related_name="sealed"
    )
    title = models.CharField(max_length=300, blank=True)
    content = models.TextField()

    objects = ScopedManager()

    class Meta:
        constraints = [models.CheckConstraint(name="sealed_of_one", condition=OF_ONE)]

    def __str__(self) -> str:
        return "nội dung niêm phong"


class LetterFile(models.Model):
    """A file that came with a letter, or why one was not taken.

    `blob` is a sealed copy (see `kept_files`): it belongs to this row alone, so that wiping it takes nothing from others.
    """

    letter = models.ForeignKey(ReaderLetter, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0)
    blob = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField("SHA-256 của tệp", max_length=64, blank=True)
    refused_why = models.TextField("vì sao không nhận", blank=True)
    at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"tệp {self.pk}"
