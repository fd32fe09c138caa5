"""The matrix: cells, roll-up, narrowing, totals, and the same number of queries whatever its size."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.models import Assignment
from hoiam.scheme.queries.matrix import (
    NOTHING,
    SIGNS,
    Narrowing,
    matrix_of,
    rolled_up,
)
from hoiam.scheme.queries.shares import public_lines, public_schemes, shares
from tests import factories as make
from tests import parts
from tests.factories import NOW, TODAY

DAY = timedelta(days=1)


@pytest.fixture
def scheme(tree):
    made = parts.scheme(tree.centre)
    first = parts.task(made, "1", group="A", rhythm="dated", due_on=TODAY - DAY, due_kind="by")
    second = parts.task(made, "2", group="B")
    parts.part(first, tree.province)
    parts.part(first, tree.region1, "done")
    parts.part(second, tree.region1, "doing", role="coordinating")
    parts.part(second, tree.other, "exempt")
    return made


def words(matrix):
    return {
        row.agency.code: ["" if cell == NOTHING else SIGNS[cell].words for cell in row.cells]
        for row in matrix.rows
    }


def test_cells_of_every_unit_in_sight(tree, scheme):
    whole = matrix_of(scheme, make.head(tree.centre), now=NOW)
    assert words(whole) == {
        "THADSTG": ["chưa làm, quá hạn", ""],
        "TG-KV1": ["đã xong", "đang làm"],
        "THADSLH": ["", "không phải làm"],
    }
    assert set(words(matrix_of(scheme, make.head(tree.other), now=NOW))) == {"THADSLH"}


def test_a_province_folds_its_units_and_the_worst_stands_for_all(tree, scheme):
    matrix = matrix_of(scheme, make.head(tree.centre), now=NOW)
    rows = {row.agency.code: row for row in rolled_up(matrix, {tree.province.pk: tree.province})}
    folded = rows["THADSTG"]
    assert [SIGNS[cell].words for cell in folded.cells] == ["chưa làm, quá hạn", "đang làm"]
    assert folded.shares == [(1, 2), (0, 1)]
    assert (folded.totals.asked, folded.totals.done, folded.totals.late) == (3, 1, 1)
    assert rows["THADSLH"].totals.asked == 0


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Narrowing(group="B"), {"TG-KV1": ["đang làm"], "THADSLH": ["không phải làm"]}),
        (Narrowing(role="coordinating"), {"TG-KV1": ["", "đang làm"]}),
        (Narrowing(light="late"), {"THADSTG": ["chưa làm, quá hạn", ""]}),
        (Narrowing(light="done"), {"TG-KV1": ["đã xong", ""]}),
        (Narrowing(province=-1), {}),
    ],
)
def test_narrowed(tree, scheme, wish, expected):
    assert words(matrix_of(scheme, make.head(tree.centre), now=NOW, wish=wish)) == expected


def test_totals_of_columns_and_of_all(tree, scheme):
    whole = matrix_of(scheme, make.head(tree.centre), now=NOW)
    assert [(t.asked, t.done, t.late) for t in whole.column_totals()] == [(2, 1, 1), (1, 0, 0)]
    [share] = shares(make.head(tree.centre), NOW)
    assert (share.totals.asked, share.totals.done, share.totals.late) == (3, 1, 1)
    assert [each.totals.asked for each in shares(make.head(tree.other), NOW)] == [0]


def test_a_huge_scheme_takes_as_many_queries_as_a_small_one(tree, scheme):
    actor = make.head(tree.centre)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            matrix = matrix_of(scheme, actor, now=NOW)
        return len(seen), len(matrix.rows)

    calendar_in_use()  # one query a minute for all pages together
    small, _ = queries()
    units = [make.agency(f"U{n}", f"Đơn vị {n}", "region", parent=tree.other) for n in range(60)]
    for n in range(60):
        task = parts.task(scheme, f"9.{n}", rhythm=("span", "yearly", "continuous")[n % 3])
        Assignment.objects.bulk_create(
            Assignment(task=task, agency=unit, role="lead") for unit in units
        )
    assert queries() == (small, 63)
    assert small <= 3


def test_the_public_reads_counts_of_published_schemes_only(tree, scheme):
    assert list(public_schemes()) == []
    scheme.published = True
    scheme.save()
    assert list(public_schemes()) == [scheme]
    first, second = public_lines(scheme, NOW)
    assert (first.totals.done, first.totals.asked, first.percent) == (1, 2, 50)
    assert (second.totals.done, second.totals.asked) == (0, 1)
    scheme.state = "draft"
    scheme.save()
    assert list(public_schemes()) == []


def test_the_overview_counts_what_the_matrix_shows(tree):
    """The one grouped query of the overview against the cells, over every rhythm, state, role and age."""
    from hoiam.scheme.states import AssignmentRole, AssignmentState, Rhythm

    made = parts.scheme(tree.centre)
    moments = [None, NOW - 400 * DAY, NOW - 100 * DAY, NOW - DAY]
    cells = [(s, r, m) for s in AssignmentState for r in AssignmentRole for m in moments]
    units = [make.agency(f"U{n}", f"Đơn vị {n}", "region") for n in range(len(cells))]
    for rhythm in Rhythm.values:
        task = parts.task(made, rhythm, rhythm=rhythm, due_on=TODAY - DAY, due_kind="by")
        Assignment.objects.bulk_create(
            Assignment(
                task=task, agency=unit, state=state, role=role, moved_at=at,
                finished_at=at if state == "done" else None,
            )
            for unit, (state, role, at) in zip(units, cells, strict=True)
        )  # fmt: skip
    actor = make.head(tree.centre)
    columns = matrix_of(made, actor, now=NOW).column_totals()
    [share] = shares(actor, NOW)
    for name in ("asked", "done", "due", "late"):
        assert getattr(share.totals, name) == sum(getattr(each, name) for each in columns), name
        assert getattr(share.totals, name) > 0
