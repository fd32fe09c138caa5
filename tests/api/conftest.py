"""One of everything the API tells, and the document that describes it."""

from datetime import date

import pytest

from hoiam.agencies.models import OfficialAccount, Succession
from hoiam.agencies.states import Level
from hoiam.kit.vietnamese import fold
from hoiam.letters.models import PublishedAnswer
from tests import factories as make
from tests import parts
from tests.portal.test_spokespersons import shown
from tests.portal.world import World, picture

BASE = "/api/v1/"


@pytest.fixture
def ask(client):
    """The answer at an address below the prefix, read as JSON."""
    return lambda rest, **words: client.get(f"{BASE}{rest}", words).json()


@pytest.fixture
def document(client):
    """The OpenAPI document, as anybody takes it."""
    return client.get(f"{BASE}openapi.json").json()


@pytest.fixture
def world(db):
    made = World()
    campaign = made.publish("Tháng cao điểm", kind="campaign")
    body = f'<p>Xem <a href="/van-ban/">văn bản</a>.</p><img src="/anh/{"b" * 64}.jpg" alt="Chợ"><script>x()</script>'
    made.publish(
        "Đối thoại", theme=3, pictures=[picture(), picture("b" * 64)], campaign=campaign, byline="Mai Thế Dũng", body=body,
        source_name="Báo Sông Thanh", source_url="javascript:x()", extra={"video_url": "javascript:x()", "position": "Trưởng phòng"},
    )  # fmt: skip
    paper = {
        "number": "112/KH-THADS",
        "dated": "12/3/2026",
        "signer": "Đỗ Quốc Tường",
        "in_force": "từ ngày ký",
        "file_blob": "f",
    }
    made.publish("Kế hoạch", kind="document", extra=paper, hours=2)
    made.publish("Tin khu vực", agency=made.tree.region1, hours=3)
    made.publish("Luật sư An", kind="expert")
    _beside(made)
    return made


def _beside(made: World) -> None:
    """What is told that is no article."""
    place, old = made.tree.province, make.agency("CU", "Chi cục cũ", Level.DISTRICT, valid_to=date(2025, 6, 30))  # fmt: skip
    make.agency("QK", "Phòng THA Quân khu", Level.MILITARY)
    Succession.objects.create(predecessor=old, successor=place, since=date(2025, 7, 1))
    shown(place, "Phạm Văn Khoa")
    shown(place, "Không Công Bố", is_listed=False)
    OfficialAccount.objects.create(
        agency=place, platform="facebook", name="Trang TG", url="https://fb.example/tg", since=date(2026, 1, 2), saved_by=made.editor.official,
        saved_at=made.now,
    )  # fmt: skip
    for slug, taken in (("phi", None), ("da-rut", made.now)):
        PublishedAnswer.objects.create(
            agency=place, slug=slug, question="Ai nộp phí?", answer_html="<p>Người được thi hành án.</p>", topic="fees", laws=["Luật THADS"],
            words=fold("Ai nộp phí?"), published_at=made.now, reviewed_at=made.now, law_day=made.now.date(), withdrawn_at=taken,
        )  # fmt: skip
    made.scheme = parts.scheme(made.tree.centre, title="Đề án mở", published=True)
    parts.part(parts.task(made.scheme, products=["Bài"], lead="Các cơ quan"), place, "done")
    parts.scheme(made.tree.centre, title="Đề án kín")
