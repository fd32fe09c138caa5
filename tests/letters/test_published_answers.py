"""What the public finds among published legal answers."""

from datetime import timedelta

import pytest

from hoiam.kit.vietnamese import fold
from hoiam.letters.models import PublishedAnswer
from hoiam.letters.queries import published_answers
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def answer(agency, slug, question, topic="fees", **fields):
    """One published row, made directly."""
    html = "<p>Nộp phí theo phần thực nhận.</p>"
    given = {"published_at": NOW, "reviewed_at": NOW, "law_day": TODAY} | fields
    return PublishedAnswer.objects.create(
        agency=agency, slug=slug, question=question, answer_html=html, topic=topic,
        laws=["Luật THADS 106/2025/QH15"], words=fold(f"{question} {html}"), **given,
    )  # fmt: skip


def test_everybody_reads_what_stands_newest_first_and_finds_it_without_marks():
    tree = make.tree()
    old = answer(
        tree.province, "phi", "Ai nộp phí thi hành án?", published_at=NOW - timedelta(days=2)
    )
    new = answer(tree.other, "ke-bien", "Khi nào kê biên nhà?", topic="coercion")
    answer(tree.other, "mai", "Đăng ngày mai?", published_at=NOW + timedelta(days=1))
    answer(tree.other, "rut", "Đã rút?", withdrawn_at=NOW)

    assert [row.slug for row in published_answers(NOW)] == [new.slug, old.slug]
    assert [row.slug for row in published_answers(NOW, "KE bien")] == [new.slug]
    assert [row.slug for row in published_answers(NOW, "phí", topic="fees")] == [old.slug]
    assert published_answers(NOW)[0].agency == tree.other
