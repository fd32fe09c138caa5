"""Letters and legal questions as rows of lists and as pages; nothing here names who wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from hoiam.core import ledger
from hoiam.desk.components import Action, Entry, WorkRow
from hoiam.desk.moments import say_date, say_moment
from hoiam.kit.rulebook import Light, extension_words
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters.actions.clocks import extensions_of
from hoiam.letters.models import LegalQuestion, LetterClock, ReaderLetter
from hoiam.letters.queries import Waiting, clock_light, letter_light, question_light
from hoiam.letters.queries.waiting import LETTER
from hoiam.letters.states import ClockState, LetterState, QuestionState

BOOK = Path(__file__).parent.parent / "data" / "diary_letters.yaml"
TITLES = {
    "open": "Đang xử lý", "sort": "Chờ phân loại", "mine": "Tôi giải quyết", "ended": "Đã xử lý, chờ báo", "standing": "Để lâu",
    "closed": "Đã kết thúc", "all": "Tất cả",
}  # fmt: skip
QUESTION_TITLES = {
    "open": "Đang soạn", "check": "Chờ kiểm tra", "standing": "Để lâu", "review": "Cần rà soát", "published": "Đã đăng",
    "other": "Khác", "all": "Tất cả",
}  # fmt: skip
S = LetterState
WAY = (
    S.RECEIVED,
    S.CLASSIFIED,
    S.ACCEPTED,
    S.ASSIGNED,
    S.DRAFTED,
    S.APPROVED,
    S.ANSWERED,
    S.CLOSED,
)
SHORT_WAYS = {S.HANDED_OVER, S.FILED, S.SPLIT}
STEP_WORDS = {
    S.RECEIVED: "Nhận", S.CLASSIFIED: "Phân loại", S.ACCEPTED: "Thụ lý", S.ASSIGNED: "Giao",
    S.DRAFTED: "Dự thảo", S.APPROVED: "Duyệt", S.ANSWERED: "Trả lời", S.CLOSED: "Kết thúc",
    S.HANDED_OVER: "Chuyển, hướng dẫn", S.FILED: "Lưu đơn", S.SPLIT: "Tách",
}  # fmt: skip


@dataclass(frozen=True)
class LetterRow:
    """One line of the list."""

    letter: ReaderLetter
    light: Light
    second: str


def rows_of(page: Iterable[ReaderLetter], now: datetime) -> list[LetterRow]:
    """The rows of one page of the list."""
    return [_row(letter, now) for letter in page]


def _row(letter: ReaderLetter, now: datetime) -> LetterRow:
    running: list[LetterClock] = letter.running  # type: ignore[attr-defined]
    first = running[0] if running else None
    second = f"{first.title}: {say_moment(first.due_at, now)}" if first else ""
    return LetterRow(letter, letter_light(letter, running, now), second)


@dataclass(frozen=True)
class BarStep:
    """One step of the bar."""

    label: str
    state: str
    note: str = ""


def bar_of(letter: ReaderLetter) -> list[BarStep]:
    """The way of this letter, the step it stands at marked."""
    state = LetterState(letter.state)
    turned = _turned(letter)
    way = (S.RECEIVED, S.CLASSIFIED, turned, S.CLOSED) if turned else WAY
    at = way.index(state)
    places = {True: "past", False: "next"}
    return [
        BarStep(STEP_WORDS[step], "now" if number == at else places[number < at])
        for number, step in enumerate(way)
    ]


def _turned(letter: ReaderLetter) -> LetterState | None:
    """Where the letter left the long way, if it did."""
    if letter.state in SHORT_WAYS:
        return LetterState(letter.state)
    if letter.state == S.CLOSED and letter.answered_at is None:
        return S.FILED if letter.filing else S.HANDED_OVER
    return None


@dataclass(frozen=True)
class ClockRow:
    """One clock of the page with how it was counted and what the law still allows."""

    clock: LetterClock
    light: Light
    may_extend: tuple[str, ...]
    extensions: tuple[Any, ...]


def clocks_of(letter: ReaderLetter, now: datetime) -> list[ClockRow]:
    """Running clocks first, then those that are over."""
    rows = sorted(letter.clocks.all(), key=lambda c: (c.state != ClockState.RUNNING, c.due_at))
    return [
        ClockRow(
            clock, clock_light(clock, now),
            tuple(map(extension_words, extensions_of(clock))) if clock.state == ClockState.RUNNING else (),
            tuple(clock.extensions.all()),
        )
        for clock in rows
    ]  # fmt: skip


@cache
def phrasebook() -> dict[str, str]:
    """The sentence of each step of the diary."""
    return dict(yaml.safe_load(BOOK.read_text(encoding="utf-8")))


def diary_of(thing: Model) -> list[Entry]:
    """The diary of a letter or question as a timeline, newest first."""
    return [
        Entry(
            at=entry.at,
            text=f"{entry.actor_name} {phrasebook()[entry.step].format_map(_Words(entry.data))}",
            note=entry.reason,
            is_now=number == 0,
        )
        for number, entry in enumerate(list(ledger.of(thing))[::-1])
    ]


class _Words(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True)
class QuestionRow:
    """One line of the list of legal questions."""

    question: LegalQuestion
    light: Light
    text: str


def question_rows(page: Iterable[LegalQuestion], now: datetime) -> list[QuestionRow]:
    """The rows of one page of the list."""
    return [
        QuestionRow(q, question_light(q, now), " ".join((q.question or q.asked).split())[:160])
        for q in page
    ]


# Of each state: what is to be done, and which part of the page to go to.
LETTER_VERBS = {
    S.RECEIVED: ("Phân loại đơn", "viec-h"), S.CLASSIFIED: ("Quyết định xử lý đơn", "viec-h"),
    "fit": ("Thụ lý đơn", "viec-h"), S.ACCEPTED: ("Giao giải quyết đơn", "viec-h"),
    S.ASSIGNED: ("Soạn trả lời đơn", "du-thao"), S.DRAFTED: ("Duyệt trả lời đơn", "du-thao"),
    S.APPROVED: ("Phát hành trả lời đơn", "viec-h"), S.ANSWERED: ("Báo kết quả, kết thúc đơn", "bao"),
    S.HANDED_OVER: ("Báo nơi chuyển, kết thúc đơn", "bao"), S.FILED: ("Báo việc lưu, kết thúc đơn", "bao"),
}  # fmt: skip
QUESTION_VERBS = {
    QuestionState.ASKED: "Soạn giải đáp", QuestionState.DRAFTED: "Kiểm tra giải đáp",
    QuestionState.CHECKED: "Duyệt giải đáp", QuestionState.PUBLISHED: "Rà soát giải đáp",
}  # fmt: skip


def work_rows(waiting: Iterable[Waiting], now: datetime) -> list[tuple[date | None, WorkRow]]:
    """Letters and legal questions that wait for a person, as rows of the page of work, each with its last day."""
    return [
        (each.due_at and each.due_at.astimezone(VIETNAM).date(), _work_row(each, now))
        for each in waiting
    ]


def _work_row(each: Waiting, now: datetime) -> WorkRow:
    if each.kind == LETTER:
        verb, part = LETTER_VERBS[each.stands]
        url = f"{reverse('desk-letter', args=[each.pk])}#{part}"
    else:
        verb = QUESTION_VERBS[QuestionState(each.stands)]
        url = reverse("desk-legal-question", args=[each.pk])
    tag = f"{each.rule} · mặc định" if each.badge else each.rule
    return WorkRow(
        light=each.light,
        second=f"hạn {say_moment(each.due_at, now)}" if each.due_at else "",
        verb=verb,
        title=each.title,
        url=url,
        meta=(each.number, each.agency),
        law="" if each.badge else tag,
        default=tag if each.badge else "",
        actions=[Action("Mở đơn" if each.kind == LETTER else "Mở câu hỏi", url, "get")],
    )


def public_url(thing: ReaderLetter | LegalQuestion) -> str:
    """The page only the writer knows."""
    return f"{settings.HOIAM_ADDRESS.rstrip('/')}/gui-don/{thing.code}/"


REGISTER_HEAD = (
    "Số tiếp nhận", "Cơ quan", "Nhận ngày", "Đến bằng", "Cơ quan chuyển", "Số văn bản chuyển",
    "Trích yếu (đã che tên)", "Loại đơn", "Số người ký", "Tình trạng", "Người giải quyết", "Hạn gần nhất",
    "Chuyển đến", "Số văn bản trả lời", "Ngày trả lời", "Báo người gửi", "Báo cơ quan báo chí",
)  # fmt: skip


def register_table(letters: Iterable[ReaderLetter]) -> list[list[Any]]:
    """The register of letters received (sổ tiếp nhận) with its head; who wrote stands nowhere in it."""
    return [list(REGISTER_HEAD), *(_register_row(letter) for letter in letters)]


def _register_row(letter: ReaderLetter) -> list[Any]:
    running = [c.due_at for c in letter.clocks.all() if c.state == ClockState.RUNNING]
    return [
        letter.number, letter.agency.name, say_date(letter.received_at),
        str(letter.get_channel_display()), letter.forwarder, letter.forward_number, letter.title,
        str(letter.get_kind_display()), letter.signers, str(letter.get_state_display()),
        str(letter.holder or ""), say_date(min(running)) if running else "",
        letter.handed_to.name if letter.handed_to else letter.guided_to, letter.answer_number,
        say_date(letter.answer_on) if letter.answer_on else "",
        say_date(letter.told_citizen_at) if letter.told_citizen_at else "",
        say_date(letter.told_press_at) if letter.told_press_at else "",
    ]  # fmt: skip
