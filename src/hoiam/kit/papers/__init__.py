"""Official documents: written in the form of Decree 30/2020/NĐ-CP, and read."""

from hoiam.kit.papers.article import PressArticle, PressPicture, write_article
from hoiam.kit.papers.errors import MissingFields, PaperError, UnknownKind, WrongFields
from hoiam.kit.papers.kinds import (
    Choice,
    Column,
    Field,
    LegalBasis,
    PaperKind,
    kind,
    kinds,
    signing,
)
from hoiam.kit.papers.reading import Reading
from hoiam.kit.papers.reading import read as read_paper
from hoiam.kit.papers.words import issue_number, number_line, place_date
from hoiam.kit.papers.writer import (
    describe,
    draft_text,
    missing_fields,
    unknown_slots,
    write,
)

__all__ = [
    "Choice",
    "Column",
    "Field",
    "LegalBasis",
    "MissingFields",
    "PaperError",
    "PaperKind",
    "PressArticle",
    "PressPicture",
    "Reading",
    "UnknownKind",
    "WrongFields",
    "describe",
    "draft_text",
    "issue_number",
    "kind",
    "kinds",
    "missing_fields",
    "number_line",
    "place_date",
    "read_paper",
    "signing",
    "unknown_slots",
    "write",
    "write_article",
]
