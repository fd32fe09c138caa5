"""A newspaper on loopback that was asked for a correction, and does with it as told."""

import threading
from contextlib import contextmanager
from datetime import date, timedelta

from hoiam.agencies.states import MediaType
from hoiam.handling import actions
from hoiam.handling.jobs.watch import look_due
from hoiam.handling.models import Evidence, OutletWatch
from hoiam.handling.states import CaseState, PaperState
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import take_in
from hoiam.monitoring.models import Item
from tests import factories as make
from tests.core.fetch.loopback import fetcher, site, whole
from tests.factories import NOW
from tests.monitoring.newsstand import Stand

HOUR = timedelta(hours=1)
DAY = 24 * HOUR
TITLE = "THADS tỉnh Thanh Giang ôm tiền của dân suốt hai năm"
WRONG = "Cơ quan thi hành án giữ 1,2 tỷ đồng của ông Thử suốt hai năm không trả."
RIGHT = "Toàn bộ 1,2 tỷ đồng đã được chi trả cho ông Thử ngày 20/6/2026."
TEXT = f"{WRONG} Ông Thử nói đã gửi nhiều đơn mà chưa được trả lời, gia đình vẫn phải vay mượn để sống qua ngày ở phố Bến Thóc."
QUIET = TEXT.replace("giữ 1,2 tỷ đồng", "chậm trả 1,2 tỷ đồng")
ABOUT = f"Bài “{TITLE}”, chuyên mục Bạn đọc, ngày {{day}} viết: {WRONG}"
SORRY = "Báo Sông Thanh xin lỗi bạn đọc và Thi hành án dân sự tỉnh Thanh Giang."
HTML = "text/html; charset=utf-8"


def page(title, text, links=""):
    """An article's page."""
    return whole(
        f"<html><head><title>{title}</title></head><body>{links}<article><h1>{title}</h1><p>{text}</p>"
        "</article></body></html>".encode(),
        Content_Type=HTML,
    )


def correction(day, *, heading="Thông tin cải chính, xin lỗi", right=True):
    """A correction of our article; without the corrected content when `right` is False."""
    parts = [ABOUT.format(day=day), *([f"Sự thật: {RIGHT}"] if right else []), SORRY]
    return page(heading, " ".join(parts))


class Outlet:
    """The stand, the case, the paper and its watch."""

    def __init__(self, stand, tree, now=NOW, kind="conclusion_notice", media=MediaType.ONLINE):
        self.stand, self.now, self.tree = stand, now, tree
        self.clerk, self.focal = make.actor(tree.province, "records_clerk"), make.focal_point(tree.province)  # fmt: skip
        stand.pages["/robots.txt"] = whole(b"User-agent: *\n", Content_Type="text/plain")
        self.article(TEXT)
        self.home()
        self.channel = make.channel(media, host="127.0.0.1")
        published = now - 2 * DAY
        taken = take_in(
            [
                Incoming(
                    title=TITLE,
                    url=f"{stand.url}/ban-doc/om-tien.html",
                    body=TEXT,
                    outlet="Báo Sông Thanh",
                    section="Bạn đọc",
                    published_at=published,
                    first_seen_at=published,
                    home_province="Thanh Giang",
                    channel_id=self.channel.pk,
                )
            ],
            now=published,
        )
        self.item = taken.items[0]
        self.day = f"{published:%d/%m/%Y}"
        self.case = make.case(
            tree.province, CaseState.WATCHING, story=Item.objects.get(pk=self.item.pk).story
        )
        self.paper = make.paper(
            self.case,
            PaperState.SENT,
            kind=kind,
            item=self.item,
            channel=self.channel,
            press_agency=self.channel.press_agency,
            sent_at=now,
            symbol="12/THADSTG-VP",
            issued_on=now.date(),
            fields={
                "work_title": TITLE,
                "section": "Bạn đọc",
                "published_on": published.date().isoformat(),
                "wrong": WRONG,
                "correct": RIGHT,
                "response": RIGHT,
            },
        )

    def article(self, text, title=TITLE):
        """The article as its page shows it now."""
        self.stand.pages["/ban-doc/om-tien.html"] = page(title, text)

    def home(self, links=""):
        """The home page with these links."""
        self.stand.pages["/"] = page("Báo Sông Thanh", "Tin mới trong ngày. " * 30, links)

    def deliver(self, *, proof=True, **more):
        """The paper as received by the outlet now."""
        evidence = self.proof() if proof else None
        actions.mark_delivered(
            self.paper, actor=self.clerk, now=self.now, at=self.now, evidence=evidence, **more
        )
        return self.watch

    def proof(self):
        """A file that proves receipt."""
        return Evidence.objects.create(
            case=self.case, title="Giấy báo phát", file_name="phat.pdf", content_type="application/pdf",
            blob="0" * 64, size=1, added_by=self.case.opened_by, added_at=NOW,
        )  # fmt: skip

    @property
    def watch(self):
        """The watch on the article as it stands."""
        rows = OutletWatch.objects.system("test").select_related("case", "paper", "item", "channel")
        return rows.get(paper=self.paper, is_original=True)

    def later(self, span):
        """Time passes; the job runs; the watch afterwards."""
        self.now += span
        look_due(self.now, lambda: fetcher(clock=lambda: self.now))
        return self.watch

    def last(self, place="article"):
        """The newest look at a place."""
        return self.watch.looks.filter(place=place).first()

    def record(self, reply, **more):
        """What the focal point records."""
        return actions.record_check(
            self.paper, actor=self.focal, now=self.now, reply=reply, watch=self.watch, **more
        )


@contextmanager
def standing():
    """A stand answering in a thread of its own, since the job brings its own loop."""
    import asyncio

    stand = Stand()
    ready, stop = threading.Event(), threading.Event()

    async def serve():
        async with site(stand) as place:
            stand.url = place.url
            ready.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(5)
    try:
        yield stand
    finally:
        stop.set()
        thread.join()


BEFORE_LAW = date(2026, 6, 10)
