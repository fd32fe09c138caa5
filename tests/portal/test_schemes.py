"""The published excerpt: the paper's words and counts, no person, nothing that was not published."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hoiam.agencies.states import Role
from hoiam.scheme.models import Progress
from tests import factories as make
from tests import parts
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make.tree()


def test_only_what_was_published_is_there_and_nobody_is_named(client, tree):
    secret = parts.scheme(tree.centre, title="Đề án kín")
    shown = parts.scheme(tree.centre, title="Đề án mở", published=True)
    task = parts.task(shown, products=["Bài trên Trang"], lead="Các cơ quan THADS", time="Hằng năm")
    row = parts.part(task, tree.province, "done")
    parts.part(task, tree.other)
    who = make.official("hanh", full_name="Nguyễn Thị Hạnh")
    Progress.objects.create(assignment=row, at=NOW, by=who, step="report_progress", percent=9, words="Chuyện nội bộ")  # fmt: skip
    told = client.get(reverse("portal-scheme", args=[shown.pk])).content.decode()
    for words in ("Đề án mở", "Bài trên Trang", "Các cơ quan THADS", "Hằng năm", "1 trên 2 đơn vị đã xong (50 %)"):  # fmt: skip
        assert words in told
    for words in ("Hạnh", "Người Lập", "nội bộ", tree.province.name):
        assert words not in told
    assert client.get(reverse("portal-scheme", args=[secret.pk])).status_code == 404
    listed = client.get(reverse("portal-schemes")).content.decode()
    assert "Đề án mở" in listed and "Đề án kín" not in listed


def test_a_draft_is_never_public(client, tree):
    draft = parts.scheme(tree.centre, published=True, state="draft")
    assert client.get(reverse("portal-scheme", args=[draft.pk])).status_code == 404


def test_both_pages_may_be_kept_by_caches(client, tree):
    shown = parts.scheme(tree.centre, published=True)
    for url in (reverse("portal-schemes"), reverse("portal-scheme", args=[shown.pk])):
        answer = client.get(url)
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert answer.cookies == {}


def test_a_leader_opens_the_excerpt_from_the_page_of_the_scheme(client, tree):
    shown = parts.scheme(tree.centre, title="Đề án mở")
    parts.task(shown)
    head = make.actor(tree.centre, Role.HEAD, today=timezone.localdate())
    desk = Client()
    desk.force_login(head.official)
    page = desk.get(reverse("desk-scheme", args=[shown.pk])).content.decode()
    assert "Công khai bản rút gọn" in page
    desk.post(reverse("desk-scheme-do", args=[shown.pk, "publish_scheme"]))
    assert "Đề án mở" in client.get(reverse("portal-schemes")).content.decode()
