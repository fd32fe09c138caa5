"""Quotas in the words of a paper, and from a paper to the scheme made of it."""

from dataclasses import replace

import pytest

from hoiam.scheme import actions
from hoiam.scheme.actions.source_papers import working_copy
from hoiam.scheme.models import Quota
from hoiam.scheme.queries.quota_words import quotas_in
from tests import factories as make
from tests.scheme.readings import decision, found


@pytest.mark.parametrize(
    ("words", "time", "told"),
    [
        ("Mỗi cơ quan 01 bài", "", ["01 bài"]),
        ("đăng ít nhất 01 tin, bài/tháng trên Trang thông tin điện tử.", "", ["01 tin, bài mỗi tháng trên Trang thông tin điện tử"]),
        ("viết ít nhất 02 tin, bài/đơn vị/quý", "", ["02 tin, bài mỗi quý"]),
        ("20 tác phẩm", "Theo quý", ["20 tác phẩm mỗi quý"]),
        ("Hằng tháng, mỗi Chi cục viết 03 (ba) tin, bài và 01 phóng sự phát trên sóng truyền hình tỉnh", "", ["03 tin, bài mỗi tháng", "01 phóng sự mỗi tháng trên sóng truyền hình tỉnh"]),
        ("Bài viết, phóng sự", "Hằng năm", []),
        ("gửi không quá 02 bài", "", []),
        ("mỗi thí sinh gửi 02 bài dự thi", "", []),
        ("năm 2025 đã đăng 12 bài", "", []),
        ("Thông báo số 12/TB-VP", "", []),
    ],
)  # fmt: skip
def test_a_count_of_pieces_is_a_quota_and_nothing_else_is(words, time, told):
    made = [str(owed) for owed in quotas_in(words, time)]
    assert made == told
    # What a person is shown is read back as it stands.
    assert [str(owed) for line in made for owed in quotas_in(line)] == told


def reading(*_):
    """The invented decision with a product that is a count."""
    read = decision()
    owed = found("Chuyên mục được mở", "Ít nhất 02 tin, bài/tháng trên Trang thông tin điện tử")
    first = read.tasks[0]
    first.products = (owed,)
    return replace(read, tasks=(first, *read.tasks[1:]))


@pytest.mark.django_db
def test_quotas_a_paper_sets_are_offered_and_made_when_it_is_confirmed(tree):
    desk = make.focal_point(tree.centre)
    paper = actions.add_source_paper(
        tree.centre, actor=desk, now=make.NOW, data=b"a", file_name="a.txt", read=reading
    )
    copy = working_copy(paper)
    assert copy["tasks"][0]["quotas"] == ["02 tin, bài mỗi tháng trên Trang thông tin điện tử"]
    assert copy["tasks"][1]["quotas"] == []
    asked = copy["obligations"][0] | {"becomes": "task", "quotas": ["01 bài mỗi quý"]}
    paper = actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=0, part="obligations.0", value=asked)  # fmt: skip
    actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=1)
    made = [(row.task.ref, row.count, row.unit_word, row.period, row.channel, row.agency_id) for row in Quota.objects.select_related("task")]  # fmt: skip
    assert made == [
        ("1.1", 2, "tin, bài", "month", "Trang thông tin điện tử", None),
        ("YC1", 1, "bài", "quarter", "Mọi kênh", None),
    ]
