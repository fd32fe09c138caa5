"""Fail-closed: whichever way a scoped queryset touches rows, it raises until it was narrowed."""

import pytest
from asgiref.sync import async_to_sync
from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from hoiam.core.scope import NotNarrowed, ScopedQuerySet
from hoiam.handling.models import Case, Clock
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.case(make.tree().province)


async def _each(rows):
    return [row async for row in rows]


WAYS = {
    "list": list,
    "bool": bool,
    "len": len,
    "index": lambda rows: rows[0],
    "slice": lambda rows: list(rows[:2]),
    "step": lambda rows: rows[:4:2],
    "in": lambda rows: 5 in rows,
    "get": lambda rows: rows.get(title="Vụ việc 1"),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "earliest": lambda rows: rows.earliest("opened_at"),
    "latest": lambda rows: rows.latest("opened_at"),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "contains": lambda rows: rows.contains(Case(pk=1)),
    "aggregate": lambda rows: rows.aggregate(n=Count("pk")),
    "in_bulk": lambda rows: rows.in_bulk(),
    "in_bulk of ids": lambda rows: rows.in_bulk([1]),
    "iterator": lambda rows: list(rows.iterator()),
    "values": lambda rows: list(rows.values()),
    "values_list": lambda rows: list(rows.values_list("pk", flat=True)),
    "dates": lambda rows: list(rows.dates("opened_at", "day")),
    "annotated": lambda rows: list(rows.annotate(n=Count("clocks"))),
    "related": lambda rows: list(rows.select_related("agency").prefetch_related("clocks")),
    "update": lambda rows: rows.update(title="x"),
    "delete": lambda rows: rows.delete(),
    "bulk_update": lambda rows: rows.bulk_update([Case(pk=1, title="x")], ["title"]),
    "get_or_create": lambda rows: rows.get_or_create(title="Vụ việc 1"),
    "update_or_create": lambda rows: rows.update_or_create(title="Vụ việc 1"),
    "explain": lambda rows: rows.explain(),
    "subquery": lambda rows: list(Clock.objects.narrowed(case__in=rows)),
    "subquery of keys": lambda rows: list(Clock.objects.narrowed(case__in=rows.values("pk"))),
    "aget": lambda rows: async_to_sync(rows.aget)(title="x"),
    "afirst": lambda rows: async_to_sync(rows.afirst)(),
    "alast": lambda rows: async_to_sync(rows.alast)(),
    "acount": lambda rows: async_to_sync(rows.acount)(),
    "aexists": lambda rows: async_to_sync(rows.aexists)(),
    "ain_bulk": lambda rows: async_to_sync(rows.ain_bulk)(),
    "aaggregate": lambda rows: async_to_sync(rows.aaggregate)(n=Count("pk")),
    "aupdate": lambda rows: async_to_sync(rows.aupdate)(title="x"),
    "adelete": lambda rows: async_to_sync(rows.adelete)(),
    "async for": lambda rows: async_to_sync(_each)(rows),
    "aiterator": lambda rows: async_to_sync(_each)(rows.aiterator()),
}


# Build a queryset or a new row, or are made of ways that are tried above: they show no rows by themselves.
HARMLESS = """
alias all annotate complex_filter cursor_pagination db defer difference distinct
exclude extra filter intersection none only order_by ordered prefetch_related query
raw reverse select_for_update select_related union using values values_list
as_manager dates datetimes narrowed system resolve_expression acontains aearliest
alatest abulk_create abulk_update acreate aexplain aget_or_create aupdate_or_create
bulk_create create
"""


@pytest.mark.parametrize("way", WAYS)
def test_no_way_touches_rows_before_they_are_narrowed(case, way):
    for rows in (Case.objects.all(), Case.objects.filter(pk__gt=0).order_by("pk")):
        with pytest.raises(NotNarrowed, match="Case: narrow to an actor"), transaction.atomic():
            WAYS[way](rows)
    kept = Case.objects.system("test").get()
    assert (kept.pk, kept.title) == (case.pk, "Vụ việc 1")


def test_every_public_way_of_a_queryset_is_tried_or_harmless():
    """A new Django with a new way to touch rows must be looked at here."""
    public = {name for name in dir(ScopedQuerySet) if not name.startswith("_")}
    assert public - set(HARMLESS.split()) - set(WAYS) == set()


def test_narrowed_stays_narrowed_through_every_link_of_the_chain(case):
    rows = Case.objects.narrowed(agency=case.agency_id)
    chained = rows.filter(pk__gt=0).exclude(title="").order_by("pk").select_related("agency")
    assert list(chained) == [case]
    assert rows.values_list("pk", flat=True)[0] == case.pk
    assert rows.count() == 1
    assert list(Clock.objects.narrowed(case__in=rows.values("pk"))) == []


def test_narrowing_filters():
    tree = make.tree()
    mine, _ = make.case(tree.province), make.case(tree.other)
    assert list(Case.objects.narrowed(agency=tree.province)) == [mine]


def test_the_system_says_why(case):
    assert list(Case.objects.system("nightly count")) == [case]
    with pytest.raises(ValueError, match="needs a reason"):
        Case.objects.system("  ")


def test_opening_one_queryset_does_not_open_its_parent(case):
    rows = Case.objects.all()
    rows.system("test")
    with pytest.raises(NotNarrowed):
        list(rows)


def test_rows_reached_through_a_parent_are_narrowed_by_it(case):
    clock = make.clock(case)
    assert list(case.clocks.all()) == list(case.clocks.filter(rule="MD-03")) == [clock]
    found = Case.objects.system("test").prefetch_related("clocks").get()
    assert list(found.clocks.all()) == [clock]
    assert clock.case == case


JOINS = {
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "union": lambda a, b: a.order_by().union(b.order_by()),
}


@pytest.mark.parametrize("join", JOINS)
def test_what_is_joined_is_open_only_when_every_part_is(case, join):
    closed, opened = Case.objects.filter(pk__gt=0), Case.objects.narrowed(pk=case.pk)
    for parts in ((opened, closed), (closed, opened)):
        with pytest.raises(NotNarrowed):
            list(JOINS[join](*parts))
    both = JOINS[join](opened, Case.objects.narrowed(pk=0))
    assert list(both) == [case]


def test_what_both_parts_hold_is_open_when_the_first_is(case):
    assert list(Case.objects.narrowed(pk=case.pk) & Case.objects.filter(pk__gt=0)) == [case]


def test_inside_exists_it_is_tied_to_the_narrowed_row(case):
    make.clock(case)
    has = Exists(Clock.objects.filter(case=OuterRef("pk")))
    assert list(Case.objects.narrowed().filter(has)) == [case]
