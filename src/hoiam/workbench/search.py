"""Looking for pages, pictures and files by their titles, with or without marks.

Wagtail's own index on SQLite took more than a minute to rank 20,000 rows (docs/adr/0003-wagtail-for-portal-and-editors.md). Editors look for titles:
those within their scope are folded and compared here, as the register of agencies does.
"""

from typing import Any

from django.db.models import Q
from modelsearch.backends.database.fallback import (
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
    DatabaseSearchResults,
)
from modelsearch.query import Boost, Phrase, PlainText

from hoiam.kit.vietnamese import fold, nfc


class TitleQuery(DatabaseSearchQueryCompiler):
    """Every word typed stands in the title."""

    def build_database_filter(self, query: Any, boost: float = 1.0) -> Any:
        """The rows of the queryset whose title holds the words; other kinds of questions as they come."""
        if isinstance(query, Boost):
            return self.build_database_filter(query.subquery)
        if not isinstance(query, PlainText | Phrase):
            return super().build_database_filter(query, boost)
        words = fold(nfc(query.query_string)).split()
        names = {field.name for field in self.queryset.model._meta.get_fields()}
        name = "draft_title" if "draft_title" in names else "title"
        rows = self.queryset.order_by().values_list("pk", name)
        return Q(pk__in=[pk for pk, title in rows if all(w in fold(title) for w in words)])


class SearchBackend(DatabaseSearchBackend):
    """Titles alone; nothing is kept in an index."""

    query_compiler_class = TitleQuery
    autocomplete_query_compiler_class = TitleQuery
    results_class = DatabaseSearchResults
