"""What a page weighs on the wire: at most 60 kB packed with all it loads, and at most 15 kB of it the page itself."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from hoiam.agencies.models import Official
from hoiam.handling.models import Case

pytestmark = pytest.mark.django_db
PAGE, WHOLE, REQUESTS = 15_000, 60_000, 6


@pytest.fixture
def reader(demonstration, client):
    client.force_login(Official.objects.get(username="dau-moi"))
    return client


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def test_every_main_page_keeps_its_weight(reader):
    case = Case.objects.system("any case will do").order_by("-pk").first()
    paths = [
        *map(reverse, ("desk-home", "desk-watch", "desk-cases", "desk-papers", "desk-overview")),
        reverse("desk-watch") + "?tab=all",
        reverse("desk-case", args=[case.pk]),
        reverse("desk-clip"),
    ]
    for path in paths:
        answer = reader.get(path)
        page = answer.content
        loaded = set(re.findall(r'(?:src|href)="/static/([^"#]+)', page.decode()))
        files = sum(packed(Path(finders.find(name)).read_bytes()) for name in loaded)

        assert packed(page) <= PAGE, path
        assert packed(page) + files <= WHOLE, path
        assert 1 + len(loaded) <= REQUESTS, (path, loaded)


def test_pages_travel_packed(reader):
    answer = reader.get(reverse("desk-home"), headers={"accept-encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < PAGE
