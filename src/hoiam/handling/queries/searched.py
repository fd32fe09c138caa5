"""What search keeps of a case, and where the index is filled from when it is made anew."""

from collections.abc import Iterator

from hoiam.core.search import Document, search_source
from hoiam.handling.models import Case


def case_document(case: Case) -> Document:
    """What search keeps of a case, in the scope of its agency and its parties."""
    agencies = {case.agency_id, *(party.agency_id for party in case.parties.all())}
    return Document(
        "case",
        str(case.pk),
        f"{case.number} {case.title}",
        "\n".join(f"{fact.claim} {fact.truth}" for fact in case.facts.all()),
        {f"agency:{pk}" for pk in agencies},
        case.opened_at,
    )


@search_source("case")
def _cases() -> Iterator[Document]:
    rows = Case.objects.system("the index is made for everybody; asking narrows it")
    rows = rows.select_related("agency").prefetch_related("parties", "facts").order_by("pk")
    for case in rows.iterator(chunk_size=500):
        yield case_document(case)
