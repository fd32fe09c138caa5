"""What is kept as proof in the demonstration: captured pages, files, a clip of print, a plan, a dossier handed over."""

import struct
import zlib
from datetime import datetime, timedelta

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import actor_on
from hoiam.core.actor import Actor
from hoiam.core.fetch import Fetched
from hoiam.core.rendering import Rendering
from hoiam.core.stamps.anchors import anchor_head
from hoiam.core.stamps.sealing import seal_waiting
from hoiam.handling import actions
from hoiam.handling.actions.dossier_parts import Wish
from hoiam.handling.actions.evidence import Standing
from hoiam.handling.models import Case, CaseSnapshot
from hoiam.handling.states import CaseState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.captures import keep_page, keep_rendering
from hoiam.monitoring.models import Item, Snapshot
from hoiam.monitoring.states import SnapshotState

WHY = "the demonstration keeps proof"
SHOWN = 4
PLAN_LASTS = timedelta(days=14)
NOTE = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj trailer<</Ro" b"ot 1 0 R>>\n%%"  # fmt: skip


def prove_some(agencies: dict[str, Agency], people: dict[str, Official], now: datetime) -> int:
    """How many cases got proof: the newest open ones of the fictional province."""
    actor = actor_on(people["dau-moi"], now.astimezone(VIETNAM).date())
    rows = Case.objects.system(WHY).filter(agency=agencies["thads-thanh-giang"])
    rows = rows.filter(case_items__isnull=False).distinct()
    cases = list(rows.exclude(state=CaseState.CLOSED).select_related("agency").order_by("-pk"))
    for case in cases[:SHOWN]:
        _prove(case, actor, now)
    if cases:
        _show_all(cases[0], actor, now)
    seal_waiting(now)
    anchor_head(now)
    return len(cases[:SHOWN])


def _prove(case: Case, actor: Actor, now: datetime) -> None:
    item = case.case_items.select_related("item").order_by("pk")[0].item
    if item.capture is None:
        item.capture = keep_page(_answer(item, item.first_seen_at), actor=None, how="đọc trang")
        item.save(update_fields=["capture"])
    actions.add_evidence(
        case, actor=actor, now=now, title="Biên bản giải quyết việc thi hành án",
        file_name="bien-ban.pdf", data=NOTE + str(case.pk).encode(),
    )  # fmt: skip


def _show_all(case: Case, actor: Actor, now: datetime) -> None:
    """On one case everything its page can show."""
    item = case.case_items.select_related("item").order_by("pk")[0].item
    actions.add_evidence(
        case, actor=actor, now=now, title="Đơn của người tố cáo", file_name="don.pdf",
        data=NOTE + b"don", names_denouncer=True,
    )  # fmt: skip
    standing = Standing("print", "Báo Sông Thanh", issue="112", page="3", item=item)
    actions.add_clip(
        case, actor=actor, now=now, title="Trang 3 Báo Sông Thanh", file_name="trang-3.pdf",
        data=NOTE + b"trang 3", standing=standing,
    )  # fmt: skip
    _snapshots(case, item, actor, now)
    actions.plan_captures(
        case, actor=actor, now=now, item=item, rhythm="day", until=actor.today + PLAN_LASTS
    )
    wish = Wish("Sở Văn hóa và Thể thao tỉnh Thanh Giang", "Đề nghị xử lý thông tin sai sự thật")
    actions.export_dossier(case, actor=actor, now=now, wish=wish)


def _snapshots(case: Case, item: Item, actor: Actor, now: datetime) -> None:
    at = now - timedelta(hours=1)
    told = {"item": item, "url": item.url, "asked_by": actor.official, "asked_at": at}
    done = Snapshot(**told, state=SnapshotState.DONE, done_at=at)
    done.page = keep_page(_answer(item, at), actor=actor, how="chụp theo yêu cầu")
    drawn = Rendering(_picture(), NOTE + b"in", "Chromium không giao diện, 1280 × 3200")
    done.image = keep_rendering(drawn.image, snapshot=done, now=at, content_type="image/png", how=drawn.how)  # fmt: skip
    done.print = keep_rendering(drawn.print, snapshot=done, now=at, content_type="application/pdf", how=drawn.how)  # fmt: skip
    done.rendering = drawn.how
    failed = Snapshot(**told, state=SnapshotState.FAILED, done_at=at)
    failed.problem = "Trang không trả lời xong trong 20 giây. Hãy bấm chụp lại sau ít phút."
    for shot in (failed, done):
        shot.save()
        CaseSnapshot.objects.create(case=case, snapshot=shot)


def _answer(item: Item, at: datetime) -> Fetched:
    """The fictional paper's answer, as if it had been asked."""
    page = f"<!doctype html><meta charset=utf-8><h1>{item.title}</h1><p>{item.sapo}</p><p>{item.body}</p>"
    body, headers = page.encode(), {"Content-Type": "text/html; charset=utf-8"}
    return Fetched(item.url, item.url, 200, headers, body, body, "utf-8", at, (), False, 0.2, None)


def _picture() -> bytes:
    """A drawn page of grey lines on white: nothing of a real paper."""
    width, height = 640, 420
    rows = bytearray()
    for y in range(height):
        is_line = y < 50 or (y % 22 < 8 and y > 80)
        edge = width - 60 - (y * 37 % 160) if y >= 50 else width
        rows += b"\0" + bytes(190 if is_line and 30 <= x < edge else 255 for x in range(width))

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(bytes(rows)))
        + chunk(b"IEND", b"")
    )
