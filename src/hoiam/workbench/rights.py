"""Who may do what in the workbench, told to Wagtail: rights come from the posts of the day, on branches and their folders.

Nobody has Wagtail's right to publish. Its buttons for publishing, unpublishing and scheduling are therefore not drawn and
its views refuse; texts go up by `actions.approve_text` alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import AbstractPage, Collection, Locale, Page, Site, Task, Workflow
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from hoiam.agencies.models import Official
from hoiam.core.actor import Actor
from hoiam.newsroom.policies.articles import WRITERS
from hoiam.workbench.models import Branch

PAGE_RIGHTS = ("add", "change", "lock", "unlock")
FILE_RIGHTS = ("add", "change", "choose")


@dataclass(frozen=True)
class Named:
    """A right by the name Wagtail looks for."""

    codename: str


@dataclass(frozen=True)
class Grant:
    """One right on one page or folder and on all below it: the shape of Wagtail's own rows."""

    permission: Named
    page: Any = None
    collection: Any = None

    @property
    def page_id(self) -> int:
        """Key of the page."""
        return self.page.pk

    @property
    def collection_id(self) -> int:
        """Key of the folder."""
        return self.collection.pk


def may_enter(actor: Actor) -> bool:
    """Whether one of the posts of the day opens the workbench."""
    return actor.has_role(*WRITERS)


def sees_all(user: Any) -> bool:
    """Whether every agency's branch is in scope."""
    actor = getattr(user, "actor", None)
    return actor is not None and actor.sees_everything


def branches_of(user: Any) -> list[Branch]:
    """The branches in scope, read once a request."""
    if not hasattr(user, "_workbench_branches"):
        actor = getattr(user, "actor", None)
        rows = Branch.objects.select_related("folder", "agency")
        if actor is None:
            rows = rows.none()
        elif not actor.sees_everything:
            rows = rows.filter(agency__in=actor.agency_ids)
        user._workbench_branches = list(rows)
    return user._workbench_branches


class PageRights(PagePermissionPolicy):
    """Texts of the branches in scope."""

    def get_all_permissions_for_user(self, user: Any) -> list[Grant]:
        """The rights on each branch; for the centre on what all branches stand on."""
        places: Iterable[Page] = branches_of(user)
        if sees_all(user):
            places = Page.get_root_nodes()[:1]
        return [Grant(Named(f"{right}_page"), page=one) for one in places for right in PAGE_RIGHTS]

    def users_with_any_permission(
        self, actions: Iterable[str], include_superusers: bool = True
    ) -> QuerySet[Official]:
        """Nobody by name: who is told of what is the house's own notices."""
        return Official.objects.none()

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any, include_superusers: bool = True
    ) -> QuerySet[Official]:
        """Nobody by name."""
        return Official.objects.none()

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        """Pages in scope and the way to them; nothing when no branch is in scope."""
        if not branches_of(user):
            return self.model._default_manager.none()
        return super().explorable_instances(user)


# Wagtail keeps what it found on the person under one name for pictures and files alike: both must be told at once.
FILES = ("image", "document")


class FileRights(CollectionOwnershipPermissionPolicy):
    """Pictures and files of the folders in scope."""

    def get_all_permissions_for_user(self, user: Any) -> list[Grant]:
        """The rights on each branch's folder; for the centre on the one that holds them all."""
        folders: Iterable[Collection] = [branch.folder for branch in branches_of(user)]
        if sees_all(user):
            folders = Collection.get_root_nodes()[:1]
        return [
            Grant(Named(f"{right}_{name}"), collection=folder)
            for folder in folders
            for name in FILES
            for right in FILE_RIGHTS
        ]

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Official]:
        """Nobody by name."""
        return Official.objects.none()

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any
    ) -> QuerySet[Official]:
        """Nobody by name."""
        return Official.objects.none()


class Nothing(BasePermissionPolicy):
    """What the workbench does not offer: users, groups, sites, folders' settings, workflows."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Never."""
        return False

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Official]:
        """Nobody."""
        return Official.objects.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        """None."""
        return self.model._default_manager.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Collection]:
        """None."""
        return Collection.objects.none()


def register() -> None:
    """Put these in the place of Wagtail's own: called once, when every app is ready."""
    policy_registry.register(AbstractPage, value=PageRights())
    owner = "uploaded_by_user"
    policy_registry.register(Image, value=FileRights(Image, owner_field_name=owner))
    policy_registry.register(Document, value=FileRights(Document, owner_field_name=owner))
    for model in (Official, Group, Collection, Locale, Site, Task, Workflow):
        policy_registry.register(model, value=Nothing(model))
