"""Pictures of the portal: only those that a standing article shows, narrower ones made once, kept no longer than what came down may be seen."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from hoiam.core import blobs
from hoiam.newsroom import actions
from tests.portal.world import World, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.HOIAM_DATA, settings.HOIAM_BLOBS = tmp_path, tmp_path / "evidence"
    return World()


def kept(width=1200, form="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", (width, width // 2), (80, 120, 90)).save(out, form)
    return blobs.put(out.getvalue()).sha256


def test_a_shown_picture_is_given_whole_and_narrower(world, client):
    sha = kept()
    world.publish(pictures=[picture(sha)])
    whole = client.get(f"/anh/{sha}.jpg")
    small = client.get(f"/anh/{sha}-480.jpg")

    assert (whole.headers["Content-Type"], small.headers["Content-Type"]) == ("image/jpeg", "image/jpeg")  # fmt: skip
    assert Image.open(io.BytesIO(small.content)).size == (480, 240)
    assert (
        whole.headers["Cache-Control"] == "public, max-age=600"
    )  # what came down is soon gone from caches too
    tag = small.headers["ETag"]
    assert client.get(f"/anh/{sha}-480.jpg", headers={"if-none-match": tag}).status_code == 304


def test_a_narrower_one_is_made_once(world, client, monkeypatch):
    sha = kept()
    world.publish(pictures=[picture(sha)])
    client.get(f"/anh/{sha}-320.jpg")
    monkeypatch.setattr("hoiam.portal.store.remade", lambda *args, **kwargs: pytest.fail("again"))
    assert client.get(f"/anh/{sha}-320.jpg").status_code == 200


def test_evidence_drafts_and_what_came_down_are_not_given(world, client):
    shown, secret, withdrawn, past = kept(1000), kept(900), kept(800), kept(700)
    world.publish("Đứng", pictures=[picture(shown)])
    gone = world.publish("Rút", pictures=[picture(withdrawn)])
    actions.withdraw_article(gone, actor=world.editor, now=timezone.now(), reason="Sai")
    world.publish("Qua giờ", pictures=[picture(past)], expires_at=timezone.now() - timedelta(seconds=1))  # fmt: skip

    answers = {sha: client.get(f"/anh/{sha}.jpg").status_code for sha in (shown, secret, withdrawn, past)}  # fmt: skip
    assert answers == {shown: 200, secret: 404, withdrawn: 404, past: 404}


def test_a_tag_known_from_before_does_not_open_what_came_down(world, client):
    sha = kept()
    article = world.publish(pictures=[picture(sha)])
    tag = client.get(f"/anh/{sha}.jpg").headers["ETag"]
    actions.take_down_article(article, actor=world.editor, now=timezone.now(), reason="Sai")
    assert client.get(f"/anh/{sha}.jpg", headers={"if-none-match": tag}).status_code == 404


@pytest.mark.parametrize("name", ["a.jpg", "../x.jpg", "{sha}-333.jpg", "{sha}-9999.jpg", "{sha}.svg", "{sha}.jpg.exe"])  # fmt: skip
def test_no_other_name_or_width_is_answered(world, client, name):
    sha = kept()
    world.publish(pictures=[picture(sha)])
    assert client.get(f"/anh/{name.format(sha=sha)}").status_code == 404


def test_a_png_is_told_as_what_it_is(world, client):
    sha = kept(form="PNG")
    world.publish(pictures=[picture(sha)])
    assert client.get(f"/anh/{sha}.jpg").headers["Content-Type"] == "image/png"
