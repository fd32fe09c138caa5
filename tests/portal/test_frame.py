"""The frame of the public pages: no session, caches, 404 for the public, limits, one sheet of classes, weight."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

import hoiam.desk
import hoiam.portal
from hoiam.portal.limits import Rate, may_send
from hoiam.portal.rim import show_form

pytestmark = pytest.mark.django_db
ROOM = Path(hoiam.portal.__file__).parent
DESK_SHEET = Path(hoiam.desk.__file__).parent / "static" / "desk" / "desk.css"
SHEET = ROOM / "static" / "portal" / "portal.css"
PAGES = sorted((ROOM / "templates").rglob("*.html"))


def test_a_public_page_reads_no_session_sets_no_cookie_and_may_be_kept(client):
    answer = client.get(reverse("portal-spokespersons"))

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.cookies == {}


def test_who_has_the_page_already_is_told_so(client):
    first = client.get(reverse("portal-spokespersons"))
    again = client.get(
        reverse("portal-spokespersons"), headers={"if-none-match": first.headers["ETag"]}
    )

    assert again.status_code == 304
    assert again.content == b""


def test_an_official_sees_the_same_page_as_everybody(client, django_user_model):
    seen = client.get(reverse("portal-spokespersons")).content
    client.force_login(django_user_model.objects.create_user("hanh", full_name="Hạnh"))

    assert client.get(reverse("portal-spokespersons")).content == seen


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/khong-co-trang-nay/", "danh sách người phát ngôn"),
        ("/desk/khong-co-trang-nay/", "Về bàn trực"),
    ],
)
def test_what_is_not_there_is_told_to_whom_it_concerns(client, path, words):
    answer = client.get(path)

    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_writing_to_a_page_that_is_only_read_is_refused(client):
    assert client.post(reverse("portal-spokespersons")).status_code == 405


def sent(action, rate, address="203.0.113.7"):
    return may_send(RequestFactory().post("/", REMOTE_ADDR=address), action, (rate,))


def test_one_address_sends_only_so_often_and_another_is_not_kept_waiting():
    twice = Rate(amount=2, seconds=600)
    assert [sent("thu", twice) for _ in range(3)] == [True, True, False]
    assert sent("thu", twice, "203.0.113.8")


def test_a_household_of_ipv6_counts_as_one_address():
    once = Rate(amount=1, seconds=600)
    assert [sent("thu-6", once, f"2001:db8::{n}") for n in (1, 2)] == [True, False]
    assert sent("thu-6", once, "2001:db8:0:1::1")


def test_a_page_with_a_form_is_kept_by_nobody(rf):
    answer = show_form(rf.get("/"), "portal/missing.html", {})

    assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_without_its_token_is_refused_in_vietnamese():
    answer = Client(enforce_csrf_checks=True).post(reverse("portal-spokespersons"))

    assert answer.status_code in {403, 405}


def classes_in(text):
    for value in re.findall(r'class="([^"]*)"', text):
        yield from re.sub(r"\{%.*?%\}|[\w-]*\{\{.*?\}\}[\w-]*", " ", value).split()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_class_of_a_page_is_in_one_of_the_two_sheets(page):
    sheets = DESK_SHEET.read_text("utf-8") + SHEET.read_text("utf-8")
    known = set(re.findall(r"\.((?:ha|is)-[\w-]+)", sheets))

    assert set(classes_in(page.read_text("utf-8"))) - known == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_carry_no_inline_style_script_or_handler_and_load_nothing_from_outside(page):
    text = page.read_text("utf-8")
    inline = r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*(?:\ssrc=|ld\+json))"

    assert re.findall(inline, text) == []
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', text) == []


def test_the_sheet_stays_a_few_rules():
    assert len(gzip.compress(SHEET.read_bytes(), 9)) <= 5 * 1024


@pytest.mark.parametrize("path", ["/gui-don/", "/hoi-bao-chi/", "/gui-bai/x/", "/kiem-chung/x/"])
def test_what_is_too_large_is_refused_before_it_is_read(path, db, monkeypatch):
    unread = "django.http.request.HttpRequest._load_post_and_files"
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["csrftoken"] = "a" * 32
    monkeypatch.setattr(unread, lambda request: pytest.fail("read"))
    assert strict.post(path, {"name": "x"}, CONTENT_LENGTH=str(10**9)).status_code == 413


@pytest.mark.parametrize("path", ["/gui-don/", "/hoi-bao-chi/", "/gui-bai/x/", "/kiem-chung/x/"])
def test_a_form_of_fitting_size_still_owes_its_token(path, db):
    assert Client(enforce_csrf_checks=True).post(path, {"name": "x"}).status_code == 403
