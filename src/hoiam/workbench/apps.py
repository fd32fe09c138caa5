"""Wires the workbench into Django, and Wagtail's own apps cut down to what editors need.

Wagtail's apps start an API, a search index and an index of references of their own. None of them is used here: they cost a
start of every command, a row of work for every save and about forty migrations. What is left out is left out here, in one
place, by classes that Wagtail itself offers for it.
"""

import sys

from django.apps import AppConfig
from modelsearch.apps import ModelSearchAppConfig
from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.apps import WagtailAppConfig
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CoreConfig(WagtailAppConfig):
    """Pages, revisions, collections; no index of references, which would queue a job for every save."""

    default = False

    def ready(self) -> None:
        """The acts on pages alone."""
        from wagtail.actions import register_default_actions

        register_default_actions()


class AdminConfig(WagtailAdminAppConfig):
    """The editor's pages; the desk's own letters take the place of Wagtail's mails."""

    default = False

    def ready(self) -> None:
        """The forms of pages."""
        from wagtail.admin.forms.pages import WagtailAdminPageForm
        from wagtail.admin.panels.page_utils import _get_page_edit_handler
        from wagtail.admin.telepath import widgets  # noqa: F401
        from wagtail.models import Page

        Page.get_edit_handler = _get_page_edit_handler
        Page.base_form_class = WagtailAdminPageForm


class UsersConfig(WagtailUsersAppConfig):
    """One row of preferences an editor; accounts are the desk's."""

    default = False

    def ready(self) -> None:
        """Its pages of accounts stay unknown: they want groups and super-users, which this house does not have."""
        # Wagtail looks for hooks inside `module`; a plain module has none.
        self.module = sys.modules[__name__]


class ImagesConfig(WagtailImagesAppConfig):
    """Pictures and their choosers, without the API."""

    default = False

    def ready(self) -> None:
        """The chooser in forms, the comparison of two versions, the policy of scope."""
        from django.db.models import ForeignKey
        from wagtail.admin.compare import register_comparison_class
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.admin.ui.fields import register_display_class
        from wagtail.images.components import ImageDisplay
        from wagtail.images.edit_handlers import ImageFieldComparison
        from wagtail.images.models import Image
        from wagtail.images.widgets import AdminImageChooser

        register_form_field_override(ForeignKey, to=Image, override={"widget": AdminImageChooser})
        register_comparison_class(ForeignKey, to=Image, comparison_class=ImageFieldComparison)
        register_display_class(ForeignKey, to=Image, display_class=ImageDisplay)


class DocumentsConfig(WagtailDocsAppConfig):
    """Files and their choosers, without the API."""

    default = False

    def ready(self) -> None:
        """How a file is shown."""
        from django.db.models import ForeignKey
        from wagtail.admin.ui.fields import register_display_class
        from wagtail.documents.components import DocumentDisplay
        from wagtail.documents.models import Document

        register_display_class(ForeignKey, to=Document, display_class=DocumentDisplay)


class SearchConfig(ModelSearchAppConfig):
    """Wagtail's search without tables: the workbench looks through titles itself (search.py)."""

    name = "wagtail.search"
    label = "wagtailsearch"
    backend_setting_name = "WAGTAILSEARCH_BACKENDS"
    default = False

    def import_models(self) -> None:
        """None: an index of its own would be written at every save and read by nobody."""
        self.models = self.apps.all_models[self.label]

    def ready(self) -> None:
        """Nothing listens to rows being saved."""


class WorkbenchConfig(AppConfig):
    """Above the desk and the portal."""

    name = "hoiam.workbench"
    default = True

    def ready(self) -> None:
        """Who may do what with pages, pictures and files; jobs; what is heard of published articles."""
        from hoiam.workbench import jobs, policies  # noqa: F401
        from hoiam.workbench.rights import register

        register()
