"""What search keeps of items and warnings, and where the index is filled from when it is made anew."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from hoiam.core.search import Document, search_source
from hoiam.monitoring.models import Item, Story, Version, Warning

MOST_ITEMS, LONGEST = 20, 20000


def item_documents(items: Iterable[Item]) -> list[Document]:
    """What search keeps of these items."""
    return [
        Document("item", str(item.pk), item.title, f"{item.sapo}\n{item.body}", "press", item.at)
        for item in items
    ]


def warning_document(warning: Warning, story: Story) -> Document:
    """What search keeps of a warning: the words of its story's items, in the scope of its agency."""
    texts = story.items.order_by("at", "id").values_list("title", "sapo", "body")[:MOST_ITEMS]
    body = "\n".join(" ".join(parts) for parts in texts)[:LONGEST]
    scope = scope_token(warning.agency_id)
    return Document("warning", str(warning.pk), story.title, body, scope, warning.at)


def scope_token(agency_id: int | None) -> str:
    """The word search narrows by: the agency's own, or the centre's for rows of nobody."""
    return f"agency:{agency_id}" if agency_id else "centre"


def changed_documents(items: QuerySet[Item]) -> Iterator[Document]:
    """What search keeps of those of the items whose text changed: they are found by their former words too."""
    changed = Version.objects.filter(number__gt=1).order_by("item").values("item").distinct()
    for item in items.filter(pk__in=changed).prefetch_related("versions"):
        former = "\n".join(f"{version.title}\n{version.sapo}" for version in item.versions.all())
        body = f"{item.sapo}\n{item.body}\n{former}"
        yield Document("item", str(item.pk), item.title, body, "press", item.at)


@search_source("item")
def _items() -> Iterator[Document]:
    for item in Item.objects.order_by("pk").iterator(chunk_size=500):
        yield from item_documents([item])
    # Few have changed, so theirs are put once more.
    yield from changed_documents(Item.objects.all())


@search_source("warning")
def _warnings() -> Iterator[Document]:
    rows = Warning.objects.system("the index is made for everybody; asking narrows it")
    for warning in rows.select_related("story").order_by("pk").iterator(chunk_size=500):
        yield warning_document(warning, warning.story)
