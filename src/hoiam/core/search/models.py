"""What the search index knows of each document; the words themselves live in the engine's own tables."""

from django.db import models


class SearchDocument(models.Model):
    """One searchable thing: what kind it is, its key there, and its moment."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    at = models.DateTimeField()
    # The words as they were indexed, packed: FTS5 without content needs them to take a document out again.
    packed = models.BinaryField(default=b"")

    class Meta:
        app_label = "core"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_document_once"),
        ]
        indexes = [models.Index(fields=["kind", "at"], name="search_document_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SearchScope(models.Model):
    """One scope a document may be found in; a document without any is found only by the system itself."""

    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, related_name="scopes")
    scope = models.CharField(max_length=80)

    class Meta:
        app_label = "core"
        constraints = [
            models.UniqueConstraint(fields=["scope", "document"], name="search_scope_once"),
        ]

    def __str__(self) -> str:
        return self.scope
