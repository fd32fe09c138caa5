"""Where everything searchable comes from, so that the index can be made anew from the records: each room names its kinds."""

from collections.abc import Callable, Iterator

from hoiam.core.search.documents import Document

Source = Callable[[], Iterator[Document]]

_sources: dict[str, Source] = {}


def search_source(kind: str) -> Callable[[Source], Source]:
    """Marks the function that gives every document of this kind as the records have it now."""

    def register(source: Source) -> Source:
        if kind in _sources:
            raise LookupError(f"search documents of kind {kind} have a source already")
        _sources[kind] = source
        return source

    return register


def every_document() -> Iterator[Document]:
    """The documents of all kinds, one kind after another."""
    for source in _sources.values():
        yield from source()
