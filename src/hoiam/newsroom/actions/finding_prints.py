"""The machine's look for our articles in what the press printed; what it finds waits for a person."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from hoiam.agencies.queries import public_accounts
from hoiam.core import ledger
from hoiam.core.markup import plain
from hoiam.kit.news import Printed, PrintIndex, credit_of
from hoiam.kit.rulebook.defaults import default_number
from hoiam.kit.vietnamese import VIETNAM, fold, show_number, squash
from hoiam.monitoring.actions.incoming import lead_hash
from hoiam.monitoring.models import Item
from hoiam.newsroom.models import Article, PartnerPrint, PrintMark
from hoiam.newsroom.queries.packages import NOT_SENT
from hoiam.newsroom.states.distribution import FoundBy

WHY = "look for reprints"
BATCH = 2000
MOST_PASSAGES, SHOWN = 12, 160
FIELDS = ("pk", "url", "title", "sapo", "body", "outlet", "channel", "at", "published_at", "first_seen_at", "lead_hash")  # fmt: skip
# Read again some days: a page that could not be read at first gets its text later.
AGAIN = timedelta(days=3)  # not-law: how long pages are read again


@dataclass
class Ours:
    """Our articles of the last weeks as the look needs them; kept by a worker from one look to the next."""

    index: PrintIndex = field(default_factory=PrintIndex)
    prints: dict[str, bytes] = field(default_factory=dict)
    published: dict[str, datetime] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    by_lead: dict[str, str] = field(default_factory=dict)

    def renew(self, now: datetime) -> None:
        """Take in what is new or changed, forget what is too old (MD-151)."""
        since = now - timedelta(days=default_number("MD-151"))
        rows = (
            Article.objects.system(WHY).filter(published_at__gte=since).exclude(kind__in=NOT_SENT)
        )
        found = {str(row[0]): row for row in rows.values_list("pk", "title", "lead", "body", "published_at")}  # fmt: skip
        for gone in self.prints.keys() - found.keys():
            self.index.drop(gone)
            del self.prints[gone]
        self.published = {id: row[4] for id, row in found.items()}
        self.titles = {id: _bare(row[1]) for id, row in found.items()}
        self.by_lead = {lead_hash(row[1], row[2]): id for id, row in found.items()}
        self.by_lead.pop("", None)
        for id, (_, title, lead, body, _) in found.items():
            print_ = blake2b("\0".join((title, lead, body)).encode(), digest_size=16).digest()
            if self.prints.get(id) != print_:
                self.index.add(id, f"{title}\n{lead}\n{plain(body)}")
                self.prints[id] = print_


_ours = Ours()
_one_at_a_time = threading.Lock()


@transaction.atomic
def look_at_new_items(*, now: datetime, limit: int = BATCH) -> tuple[int, int]:
    """How many new items were looked at, and how many reprints were found among them."""
    PrintMark.objects.get_or_create(pk=1)
    mark = PrintMark.objects.select_for_update().get(pk=1)
    # What came in before any article that is still looked for is passed over: an old house has a million of them.
    since = now - timedelta(days=default_number("MD-151"))
    fresh = Item.objects.filter(pk__gt=mark.last_item, first_seen_at__gte=since)
    rows = list(fresh.order_by("pk").values(*FIELDS)[:limit])
    if not rows:
        return 0, 0
    found = _look(rows, now)
    mark.last_item = rows[-1]["pk"]
    mark.save(update_fields=["last_item"])
    return len(rows), found


@transaction.atomic
def look_again(*, now: datetime) -> int:
    """How many reprints were found among the last days' items about the System that are tied to nothing yet."""
    known = PartnerPrint.objects.system(WHY).exclude(item=None).values("item")
    recent = Item.objects.filter(is_relevant=True, first_seen_at__gte=now - AGAIN)
    waiting = recent.exclude(pk__in=known).order_by("pk").values(*FIELDS)
    found, last = 0, 0
    while rows := list(waiting.filter(pk__gt=last)[:BATCH]):
        found += _look(rows, now)
        last = rows[-1]["pk"]
    return found


def _look(rows: Sequence[dict], now: datetime) -> int:
    own = _own_hosts(now)
    with _one_at_a_time:
        _ours.renew(now)
        made = [_made(row) for row in rows if urlsplit(row["url"]).hostname not in own]
    return _keep([each for each in made if each is not None], now)


def _own_hosts(now: datetime) -> set[str | None]:
    """Our own sites are no press."""
    day = now.astimezone(VIETNAM).date()
    sites = [account.url for account in public_accounts(day)]
    hosts = {urlsplit(url).hostname for url in [settings.HOIAM_ADDRESS, *sites]}
    return hosts - {None}


def _made(row: dict) -> PartnerPrint | None:
    text = f"{row['title']}\n{row['sapo']}\n{row['body']}"
    before = lambda id: _ours.published[id] <= row["at"]  # noqa: E731
    match = _ours.index.find(text, before)
    of = match.of if match is not None else _ours.by_lead.get(row["lead_hash"] or "-")
    if of is None or not before(of):
        return None
    return PartnerPrint(
        article_id=int(of),
        item_id=row["pk"],
        channel_id=row["channel"],
        outlet=row["outlet"] or (urlsplit(row["url"]).hostname or "Báo không rõ tên"),
        title=row["title"],
        url=row["url"],
        printed_at=row["published_at"],
        seen_at=row["first_seen_at"],
        of_ours=match.of_ours if match else None,
        of_theirs=match.of_theirs if match else None,
        passages=_passages(match, text),
        reasons=list(_reasons(match, row, text, of)),
        found_by=FoundBy.MACHINE,
    )


def _passages(match: Printed | None, text: str) -> list[list[int | str]]:
    spans = match.passages[:MOST_PASSAGES] if match is not None else ()
    return [[start, end, squash(text[start:end])[:SHOWN]] for start, end in spans]


def _reasons(match: Printed | None, row: dict, text: str, of: str) -> Iterable[str]:
    """Why the machine ties the two, in sentences."""
    if match is None:
        yield "Tiêu đề và sapo giống hệt bài của đơn vị; chưa thu được toàn văn để so."
        return
    yield (
        f"{show_number(len(match.passages))} đoạn lấy nguyên, bằng {_percent(match.of_ours)} bài của đơn vị, "
        f"{_percent(match.of_theirs)} bài báo."
    )
    if _bare(row["title"]) != _ours.titles[of]:
        yield "Báo đặt tiêu đề khác."
    credit = credit_of(text)
    if credit is not None:
        yield f"Bài báo ghi nguồn: {credit.name}."


def _percent(share: float) -> str:
    return f"{show_number(round(share * 100))} %"


def _bare(title: str) -> str:
    return squash(fold(title))


def _keep(found: list[PartnerPrint], now: datetime) -> int:
    """Those not yet kept: a pair a person rejected stays rejected, looked at again or not."""
    rows = PartnerPrint.objects.system(WHY).filter(item__in=[each.item_id for each in found])
    known = set(rows.values_list("article", "item"))
    fresh = [each for each in found if (each.article_id, each.item_id) not in known]
    for each in fresh:
        each.save()
    ledger.write_all(
        [ledger.Line(each, "find_print", data={"outlet": each.outlet}) for each in fresh],
        actor=None,
        at=now,
    )
    return len(fresh)
