"""The branch of an agency in the workbench: its page in the tree, its folder of pictures and files; and who edits there."""

from typing import Any

from django.db import models
from wagtail.models import Collection, Page, PagePermissionTester

from hoiam.agencies.models import Agency, Official
from hoiam.core.actor import Actor


class Branch(Page):
    """Where an agency's texts stand. It is no text itself: nobody edits, moves or removes it."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="workbench")
    folder = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="+")

    parent_page_types: list[str] = []
    preview_modes: list[Any] = []
    is_creatable = False

    class Meta:
        verbose_name = "nhánh của đơn vị"

    def get_url(self, request: Any = None, current_site: Any = None) -> None:
        """None: no page of the portal is drawn from it."""
        return

    def permissions_for_user(self, user: Any) -> "BranchRights":
        """What may be done with the branch itself: texts are added under it, and that is all."""
        return BranchRights(user, self)


class BranchRights(PagePermissionTester):
    """A branch is no text."""

    def can_edit(self) -> bool:
        """Never."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Never."""
        return False

    def can_lock(self) -> bool:
        """Never."""
        return False

    def can_view_revisions(self) -> bool:
        """It has none."""
        return False


class Editor(Official):
    """The signed-in official as Wagtail asks about a user; made anew for each request by the gate, with its actor.

    Wagtail asks Django's table of permissions. This house has none: rights come from the posts of the day, so each question
    is answered here or by `rights.py`, and whatever is not known is answered with no.
    """

    actor: Actor
    is_superuser = False
    is_staff = False

    class Meta:
        proxy = True

    @property
    def first_name(self) -> str:
        """What the sidebar calls the person."""
        return self.full_name

    @classmethod
    def of(cls, actor: Actor) -> "Editor":
        """The same row, seen by Wagtail."""
        names = [field.attname for field in Official._meta.concrete_fields]
        made = cls.from_db("default", names, [getattr(actor.official, name) for name in names])
        made.actor = actor
        return made

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether it is the door of the workbench: the gate let the person in."""
        return perm == "wagtailadmin.access_admin"

    def has_perms(self, perms: Any, obj: Any = None) -> bool:
        """Whether all of them are."""
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app: str) -> bool:
        """Never: no list of an app is opened this way."""
        return False
