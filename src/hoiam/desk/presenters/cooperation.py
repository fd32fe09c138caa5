"""Pages of cooperation as they are drawn: tabs, terms and lights of agreements, the diary in words."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.urls import reverse

from hoiam.core import ledger
from hoiam.desk.components import Action, Entry, Lamp, WorkRow
from hoiam.desk.presenters.spokespersons import Tab
from hoiam.kit.lists import yaml_of
from hoiam.kit.rulebook import default
from hoiam.kit.rulebook.defaults import default_number
from hoiam.kit.vietnamese import show_date, show_number
from hoiam.scheme.models import Agreement
from hoiam.scheme.queries.agreements import RENEWAL
from hoiam.scheme.queries.approvals import DECIDE, PLAN, REVIEW, Approval
from hoiam.scheme.states.agreements import AgreementState

BOOK = Path(__file__).parent.parent / "data" / "diary_cooperation.yaml"
PLACES = (
    ("desk-agreements", "Quy chế, hợp đồng"),
    ("desk-trainings", "Tập huấn"),
    ("desk-contributions", "Tin, bài, cộng tác viên"),
    ("desk-experts", "Chuyên gia"),
    ("desk-rewards", "Khen thưởng"),
    ("desk-budgets", "Kinh phí"),
    ("desk-themes", "Chủ đề trọng tâm"),
)


# What is wanted, the word for it on the page of work, and the page where it is done.
APPROVALS = {
    REVIEW: ("Xét danh sách khen thưởng", "Chờ xét", "desk-reward"),
    DECIDE: ("Quyết định khen thưởng", "Chờ quyết định", "desk-reward"),
    PLAN: ("Duyệt kế hoạch tập huấn", "Chờ duyệt", "desk-training-plan"),
}


def approval_rows(found: Iterable[Approval]) -> list[WorkRow]:
    """What waits for the reader's yes, as rows of the page of work."""
    rows = []
    for each in found:
        verb, words, page = APPROVALS[each.step]
        url = reverse(page, args=[each.pk])
        rows.append(WorkRow(light=Lamp("ok", "run", words), verb=verb, title=each.title, url=url, actions=[Action("Mở", url, "get")]))  # fmt: skip
    return rows


def tabs(current: str) -> list[Tab]:
    """The tabs of the area."""
    return [Tab(reverse(name), label, name == current) for name, label in PLACES]


def term(agreement: Agreement) -> str:
    """From when to when, in words."""
    if agreement.valid_from is None:
        return "chưa ghi thời hạn"
    since = f"từ {show_date(agreement.valid_from)}"
    return f"{since} đến {show_date(agreement.valid_to)}" if agreement.valid_to else f"{since}, không ghi ngày hết"  # fmt: skip


def agreement_light(agreement: Agreement, today: date) -> Lamp:
    """How near its end it is: shape is its state, colour the days left."""
    if agreement.state == AgreementState.DRAFT:
        return Lamp("ok", "wait", "đang soạn")
    if agreement.state in {AgreementState.ENDED, AgreementState.RENEWED}:
        return Lamp("ok", "done", str(agreement.get_state_display()))
    if agreement.valid_to is None:
        return Lamp("ok", "run", "đang hiệu lực")
    left = (agreement.valid_to - today).days
    if left < 0:
        return Lamp("late", "run", f"hết hiệu lực {show_number(-left)} ngày")
    if left <= default_number(RENEWAL):
        words = "hết hiệu lực hôm nay" if left == 0 else f"còn {show_number(left)} ngày"
        return Lamp("due", "run", words)
    return Lamp("ok", "run", f"còn {show_number(left)} ngày")


def value_words(value: int | None, accepted: int) -> str:
    """What a contract is worth and what of it was accepted; more than its worth is told."""
    if value is None:
        return f"đã nghiệm thu {show_number(accepted)} đồng; hợp đồng chưa ghi giá trị"
    told = f"đã nghiệm thu {show_number(accepted)} / {show_number(value)} đồng"
    over = accepted - value
    return f"{told}; vượt giá trị hợp đồng {show_number(over)} đồng" if over > 0 else told


def default_title(default_id: str) -> str:
    """What a page says of a product default it goes by."""
    found = default(default_id)
    return f"{found.title}: {found.value}"


@cache
def phrasebook(book: Path = BOOK) -> dict[str, str]:
    """The sentence of each step."""
    return dict(yaml_of(book.read_text(encoding="utf-8")))


def diary_of(thing: Model, book: Path = BOOK) -> list[Entry]:
    """The diary of one thing as a timeline, newest first, in the sentences of this book."""
    return [
        Entry(
            at=entry.at,
            text=f"{entry.actor_name} {phrasebook(book)[entry.step].format_map(_Words(entry.data))}",
            note=entry.reason,
            is_now=number == 0,
        )
        for number, entry in enumerate(reversed(list(ledger.of(thing))))
    ]


class _Words(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ""
