"""What search keeps of a letter: the hidden text alone, for those alone who work on letters."""

from collections.abc import Iterator

from hoiam.core.search import Document, search_source
from hoiam.letters.models import ReaderLetter


def letter_document(letter: ReaderLetter) -> Document:
    """The letter in the scope of its agency's letters, which is not the scope of the agency."""
    return Document(
        "letter",
        str(letter.pk),
        f"{letter.number} {letter.title}",
        "\n".join((letter.content, letter.forwarder, letter.draft)),
        f"letters:{letter.agency_id}",
        letter.received_at,
    )


@search_source("letter")
def _letters() -> Iterator[Document]:
    rows = ReaderLetter.objects.system("the index is made for everybody; asking narrows it")
    for letter in rows.order_by("pk").iterator(chunk_size=500):
        yield letter_document(letter)
