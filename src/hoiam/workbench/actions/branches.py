"""The ground of the tree, and each agency's branch and folder: made when somebody of the agency first comes in."""

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Collection, Locale, Page, Site

from hoiam.agencies.models import Agency
from hoiam.kit.vietnamese import fold
from hoiam.workbench.models import Branch


@transaction.atomic
def branch_for(agency: Agency) -> Branch:
    """The agency's branch of the tree, with its folder; the same one for ever."""
    # One row is locked by all who might make a branch, so that two of them never make it twice.
    Agency.objects.select_for_update().get(pk=agency.pk)
    found = Branch.objects.filter(agency=agency).select_related("agency", "folder").first()
    if found is not None:
        return found
    root, folders = _ground()
    folder = Collection(name=agency.name[:255])
    folders.add_child(instance=folder)
    stem = slugify(fold(f"{agency.code} {agency.name}"))[:200]
    made = Branch(title=agency.name, slug=stem or f"a{agency.pk}", agency=agency, folder=folder)
    made.live, made.has_unpublished_changes = True, False
    root.add_child(instance=made)
    return made


def _ground() -> tuple[Page, Collection]:
    """The roots of pages and of folders, and the one language."""
    Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Bàn biên tập", slug="root", live=True)
    )
    # Without one Wagtail warns on every list that what stands there has no address.
    Site.objects.get_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": root, "site_name": "Hồi Âm"},
    )
    folders = Collection.get_first_root_node() or Collection.add_root(name="Mọi thư mục")
    return root, folders
