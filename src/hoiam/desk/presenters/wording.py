"""An agency's wording as its pages show it: kinds with their version, the preview, the names that may be used."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hoiam.agencies.models import Agency
from hoiam.handling.models import PaperTemplate
from hoiam.kit.papers import PaperKind, describe, draft_text, kinds

# Sheets of the house itself: their words come from figures, not from an agency.
NOT_WORDED = frozenset({"digest", "outlook", "synthesis", "briefing_sheet"})

# Letterhead and foot stand in their own places; a sentence has no use for them.
OF_THE_FORM = frozenset(
    {
        "draft", "body", "opening", "closing", "subject", "annexes", "on_paper", "parent_agency", "number",
        "agency_symbol", "unit_symbol", "signing_form", "signing_for", "signer_title", "signer",
        "archive_copies", "drafter_mark", "urgency", "contact", "place",
    }
)  # fmt: skip


@dataclass(frozen=True)
class WordedKind:
    """One kind with the agency's newest version, None when it never had one."""

    kind: PaperKind
    newest: PaperTemplate | None


def worded_kinds(agency: Agency) -> list[WordedKind]:
    """Every kind an agency may word, with the version that holds."""
    rows = PaperTemplate.objects.narrowed(agency=agency).select_related("by").order_by("version")
    newest = {row.kind: row for row in rows}
    return [
        WordedKind(each, newest.get(each.code)) for each in kinds() if each.code not in NOT_WORDED
    ]


def versions_of(agency: Agency, code: str) -> list[PaperTemplate]:
    """Every version of one kind's wording, the newest first."""
    rows = PaperTemplate.objects.narrowed(agency=agency, kind=code)
    return list(rows.select_related("by").order_by("-version"))


def sample_text(agency: Agency, code: str, words: Mapping[str, Any]) -> list[str]:
    """The paragraphs a paper of this kind would have with these words, on the kind's own example."""
    data = {**describe(code)["example"], "agency": agency.full_name, **words}
    return draft_text(code, data).split("\n\n")


def first_values(newest: PaperTemplate | None) -> dict[str, Any]:
    """The form's first values: the version that holds."""
    if newest is None or newest.is_reset:
        return {}
    return {
        "opening": newest.opening,
        "closing": newest.closing,
        "sentences": "\n".join(newest.sentences),
        "recipients": "\n".join(newest.recipients),
        "unit_symbol": newest.unit_symbol,
    }


def usable_names(kind: PaperKind) -> list[tuple[str, str]]:
    """The {names} an agency's sentence may use, with what each stands for."""
    return [
        (f"{{{field.name}}}", field.label)
        for field in kind.fields
        if field.type in {"text", "date", "number", "choice"} and field.name not in OF_THE_FORM
    ]
