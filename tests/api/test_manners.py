"""How the API is asked and answers: reading only, any origin, no cookie, kept like the portal, refusals in plain words."""

import pytest

from tests.api.conftest import BASE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rest", "status", "words"),
    [
        ("khong-co", 404, "Không có địa chỉ này"),
        ("articles/", 404, "Không có địa chỉ này"),
        ("articles/khong-co", 404, "không còn đăng"),
        ("articles?section=khong-co", 404, "Không có chuyên mục “khong-co”"),
        ("articles?agency=KHONG", 404, "mang mã “KHONG”"),
        ("articles?page=2", 404, "Không có trang 2: danh sách này có 1 trang"),
        ("schemes/99999999999999999999", 404, "không công khai"),
        ("articles?page=0", 422, "“page” phải từ 1 trở lên"),
        ("articles?page=x", 422, "“page” phải là số nguyên"),
        ("articles?size=999", 422, "“size” không được quá 100"),
        ("articles?theme=9&kind=tin", 422, "“theme” không được quá 5; “kind” phải là một trong: article,"),
        ("articles?since=hom-qua", 422, "“since” phải là ngày hoặc giờ"),
        ("articles?since=0001-01-01", 422, "“since” phải là một năm gần đây"),
        ("agencies?on=9999-12-31", 422, "“on” phải là một năm gần đây"),
        ("agencies?on=hom-qua", 422, "“on” phải là ngày"),
        ("articles?section=a%00b", 422, "“section” chỉ gồm"),
        ("legal-answers?q=%00", 422, "“q” chỉ gồm"),
        (f"legal-answers?q={'a' * 101}", 422, "“q” không được dài quá 100 chữ"),
    ],
)  # fmt: skip
def test_refusals_are_one_plain_sentence(client, rest, status, words):
    answer = client.get(f"{BASE}{rest}")
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert words in answer.json()["error"] and answer.json()["error"].endswith(".")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_pages_of_a_list(world, ask):
    told = ask("articles", size=3, page=2)
    assert [told[name] for name in ("total", "page", "pages", "size")] == [4, 2, 2, 3]
    assert len(told["items"]) == 1


def test_anybody_may_read_and_nobody_gets_a_cookie(client):
    for rest in ("articles", "agencies", "openapi.json"):
        got, head = client.get(f"{BASE}{rest}"), client.head(f"{BASE}{rest}")
        assert got.headers["Access-Control-Allow-Origin"] == "*" and got.cookies == {}
        assert "Cookie" not in got.headers.get("Vary", "")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["ETag"] == got.headers["ETag"]


def test_nothing_can_be_sent(client):
    for verb in ("post", "put", "delete", "patch"):
        answer = getattr(client, verb)(f"{BASE}articles")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert "chỉ để đọc" in answer.json()["error"]
    asked = client.options(f"{BASE}articles")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")  # fmt: skip


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("articles", "public, max-age=0, must-revalidate"),
        ("legal-answers", "public, max-age=0, must-revalidate"),
        ("agencies", "public, max-age=60"),
        ("openapi.json", "public, max-age=60"),
    ],
)
def test_caches_are_told_how_long(client, rest, expected):
    answer = client.get(f"{BASE}{rest}")
    assert answer.headers["Cache-Control"] == expected
    again = client.get(f"{BASE}{rest}", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_second_asker_of_a_list_costs_one_query(world, client, django_assert_num_queries):
    first = client.get(f"{BASE}articles?page=1")
    with django_assert_num_queries(1):
        again = client.get(f"{BASE}articles?page=1")
    assert again.content == first.content
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_the_older_addresses_still_answer(world, client):
    for path in ("/api/bai/", "/api/bai/doi-thoai/", "/api/chuyen-muc/"):
        assert client.get(path).status_code == 200, path
