"""Wagtail's view for editing a text, with its mails taken out: notes in the margin go the house's own way.

Wagtail writes to people from the request itself, at any hour, to whatever address it finds. `tests/workbench/test_margin_notes.py`
knows every place in Wagtail that sends mail, so that a new version with another one does not pass unseen.
"""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from hoiam.desk.rim import now_of
from hoiam.workbench.actions.margin_notes import post_margin_notes


class ToldByTheHouse:
    """What Wagtail would mail is left in the outbox, in the transaction that saves the text."""

    request: Any

    def form_valid(self, form: Any) -> HttpResponse:
        """The answer; the text, its notes and what is told of them are kept together or not at all."""
        with transaction.atomic():
            return super().form_valid(form)  # type: ignore[misc]

    def log_commenting_changes(self, changes: dict[str, Any], revision: Any) -> None:
        """Nothing; besides Wagtail's history, each new note, each answer and each settled note waits in the outbox.

        What was told is taken off the list, so that Wagtail, which mails what is on it next, finds nothing to tell.
        """
        super().log_commenting_changes(changes, revision)  # type: ignore[misc]
        post_margin_notes(
            new=changes["new_comments"],
            answers=[one for _, found in changes["new_replies"] for one in found],
            settled=changes["resolved_comments"],
            now=now_of(self.request),
        )
        for told in changes.values():
            told.clear()


class Editing(ToldByTheHouse, EditView):
    """A text being edited."""


class Reverting(ToldByTheHouse, RevisionsRevertView):
    """A text being edited, begun from an earlier revision."""


class TextPages(PageViewSet):
    """Wagtail's views of every page, these two in the place of its own."""

    model = Page
    edit_view_class = Editing
    revisions_revert_view_class = Reverting
