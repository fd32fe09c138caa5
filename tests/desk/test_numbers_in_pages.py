"""Keys and years that a page writes for itself are bare digits, and what comes back is read without believing it."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

import hoiam
from hoiam.desk.typed import number_in
from tests import factories as make
from tests import parts
from tests.desk.small_world import SmallWorld

ROOT = Path(hoiam.__file__).parent
TEMPLATES = sorted(path for room in ("desk", "portal", "workbench") for path in (ROOT / room / "templates").rglob("*.html"))  # fmt: skip
# A number in `value="…"` or in an address, that the house's format would part with points: 1.024.
WRITTEN = re.compile(
    r'(?:value="|[?&;][a-z_-]+=|\|)\{\{ *((?:[a-z_]+\.)*(?:pk|[a-z_]+_id|year|nam|version|edition|number|seen|at)) *\}\}'
)
# A key is nothing to be read, wherever it stands: in names of drafts, of fields and of places on a page too.
KEY = re.compile(r"\{\{ *((?:[a-z_]+\.)*pk) *(?:\}\}|\|default:)")
# A seal of a text, not a number.
WORDS = {"seen"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_page_writes_a_key_with_points(path):
    text = path.read_text("utf-8")
    found = [name for name in WRITTEN.findall(text) if name not in WORDS] + KEY.findall(text)
    assert not found, f'{path.name}: write {{{{ x|stringformat:"d" }}}} for {found}'


@pytest.mark.parametrize("text", ["²", "٣", "9" * 5000, "1.024", "-1", "", None, "1 "])
def test_what_is_no_number_is_none(text):
    assert number_in(text) is None


def test_a_number_is_read():
    assert number_in("1024") == 1024


ODD = ("²", "9" * 5000, "9" * 15)


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ODD, ids=("digit-like", "endless", "no-key"))
def test_no_odd_number_in_an_address_breaks_a_page(odd):
    world = SmallWorld()
    client = world.client(world.centre, "head")
    for name, query in (
        ("desk-themes", "theme"), ("desk-round-scores", "nam"), ("desk-trainings", "tab=units&nam"),
        ("desk-round-new", "paper=1&obligation"), ("desk-round-new", "obligation=1&paper"), ("desk-calendar", "nam"),
    ):  # fmt: skip
        answer = client.get(f"{reverse(name)}?{query}={odd}")
        assert answer.status_code < 500, (name, query)


@pytest.mark.django_db
def test_a_province_beyond_the_thousandth_key_can_be_chosen_in_the_matrix():
    world = SmallWorld()
    scheme = parts.scheme(world.centre)
    task = parts.task(scheme)
    far = make.agency("XA", "THADS tỉnh Xa", "province", pk=12345)
    parts.part(task, far)
    parts.part(task, world.province)
    client = world.client(world.centre, "head")
    told = client.get(reverse("desk-matrix-of", args=[scheme.pk])).content.decode()
    assert 'value="12345"' in told and "12.345" not in told
