"""The public list: only who is shown and in force, grouped, found without marks, the same for machines, few queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hoiam.agencies.models import OfficialAccount, Spokesperson
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = reverse("portal-spokespersons")


def today():
    return timezone.now().astimezone(VIETNAM).date()


@pytest.fixture
def tree():
    return make.tree()


def shown(place, name, **fields):
    """An appointment built directly."""
    who = fields.pop("official", None) or make.official(
        f"u{Spokesperson.objects.system('t').count()}", place
    )
    who.full_name = name
    who.save()
    first = {
        "kind": "permanent", "title": "Chánh Văn phòng", "phone": "0200 000 119",
        "email": "vanphong@thanhgiang.example", "decided_at": make.NOW, "valid_from": date(2026, 7, 2),
        "appointed_by": who, "appointed_at": make.NOW, "changed_at": make.NOW,
    }  # fmt: skip
    return Spokesperson.objects.create(agency=place, official=who, **{**first, **fields})


def page(client, query=""):
    return client.get(URL, {"q": query} if query else {}).content.decode()


def test_the_list_shows_cards_by_centre_and_province(client, tree):
    shown(tree.province, "Phạm Văn Khoa")
    shown(tree.centre, "Lê Thu Hà", kind="head", title="Cục trưởng")
    text = page(client)

    assert (
        text.index("Trung ương")
        < text.index("Lê Thu Hà")
        < text.index("Các tỉnh")
        < text.index("Phạm Văn Khoa")
    )
    assert 'href="tel:0200000119"' in text and 'href="mailto:vanphong@thanhgiang.example"' in text
    assert "cập nhật lần cuối 05/08/2026 09:00" in text
    assert "2 người" in text


def test_who_is_not_shown_or_not_in_force_is_not_there(client, tree):
    shown(tree.province, "Không Công Bố", is_listed=False)
    shown(tree.other, "Đã Hết Hạn", valid_to=today() - timedelta(days=1))
    shown(tree.centre, "Chưa Đến Ngày", valid_from=today() + timedelta(days=1))

    assert "Chưa có ai được công bố" in page(client)


def test_the_last_day_still_counts(client, tree):
    shown(tree.province, "Phạm Văn Khoa", valid_to=today())

    assert "Phạm Văn Khoa" in page(client)


@pytest.mark.parametrize(
    "query", ["thanh giang", "Thành Giang", "pham van khoa", "chanh van phong", "KHOA thanh"]
)
def test_marks_need_not_be_typed(client, tree, query):
    shown(tree.province, "Phạm Văn Khoa")
    shown(tree.other, "Trần Thị Bích", title="Trưởng")
    text = page(client, query)

    assert "Phạm Văn Khoa" in text and "Trần Thị Bích" not in text


def test_what_is_not_found_is_told_and_what_was_typed_is_escaped(client, tree):
    text = page(client, "<b>xyz</b>")

    assert "&lt;b&gt;xyz&lt;/b&gt;" in text and "<b>xyz</b>" not in text


def test_machines_read_the_same(client, tree):
    shown(tree.province, "Phạm Văn Khoa")
    account(tree.province)
    answer = client.get(reverse("portal-spokespersons-json"))
    told = answer.json()

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert told["agencies"][0]["name"] == "Thi hành án dân sự tỉnh Thanh Giang"
    assert told["agencies"][0]["spokespersons"] == [
        {
            "name": "Phạm Văn Khoa", "title": "Chánh Văn phòng", "kind": "permanent",
            "phone": "0200 000 119", "email": "vanphong@thanhgiang.example",
            "since": "2026-07-02", "until": None, "matter": None,
        }
    ]  # fmt: skip
    assert told["agencies"][0]["accounts"][0]["url"] == "https://mangxahoi.example/thadstg"


def account(place, **fields):
    who = make.official(f"ghi-{OfficialAccount.objects.system('t').count()}", place)
    first = {
        "platform": "facebook",
        "name": "THADS Thanh Giang",
        "url": "https://mangxahoi.example/thadstg",
    }
    return OfficialAccount.objects.create(
        agency=place, since=date(2026, 7, 2), saved_by=who, saved_at=make.NOW, **{**first, **fields}
    )


def test_official_accounts_stand_beside_the_people(client, tree):
    account(tree.province)
    account(
        tree.province, name="Trang cũ", url="https://cu.example/", until=today() - timedelta(days=1)
    )
    text = page(client)

    assert "THADS Thanh Giang" in text and "Facebook" in text
    assert "Trang cũ" not in text
    assert "Chưa công bố người phát ngôn" in text


def test_many_people_take_no_more_queries(client, tree):
    def counted():
        with CaptureQueriesContext(connection) as seen:
            client.get(URL)
        return len(seen)

    shown(tree.province, "Một")
    one = counted()
    shown(tree.centre, "Hai")
    shown(tree.other, "Ba")

    assert counted() == one <= 8
