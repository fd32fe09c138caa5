"""Keys of official accounts: renewed in time, by one worker at once; told when they run out or no longer open."""

from datetime import timedelta

import pytest

from hoiam.core.health import examine
from hoiam.newsroom.actions import social_channels
from hoiam.newsroom.jobs.social import keeping
from hoiam.newsroom.jobs.social.doors import tried
from hoiam.newsroom.jobs.social.sending import try_act
from hoiam.newsroom.states.social import ActState
from tests import factories as make
from tests.factories import NOW
from tests.newsroom.platforms import KEY, ZaloOA, door, running
from tests.newsroom.social_house import again, approved, channel, the_act

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def page(tree):
    return channel(tree.province, "facebook")


def test_zalo_keys_renew_themselves_on_the_way_and_by_the_clock(tree, settings):
    with running(ZaloOA(at=NOW)) as zalo:
        settings.HOIAM_ZALO_API = settings.HOIAM_ZALO_OAUTH = zalo.url
        row = channel(
            tree.province, "zalo", app_id="app1", refresh="khoa-gia-han-0001",
            app_secret="bi-mat-cua-ung-dung", expires_at=NOW + MINUTE,
        )  # fmt: skip
        assert tried(row, now=NOW, make_fetcher=door) == ("Thi hành án Thanh Giang", "")
        assert again(row).token_expires_at == NOW + timedelta(hours=1)
        later = NOW + timedelta(minutes=55)
        assert keeping.renew_due(later, make_fetcher=door) == 1
        assert social_channels.keys_of(again(row)).access == zalo.key
        zalo.refresh = "bị thu hồi"
        assert keeping.renew_due(later + timedelta(minutes=55), make_fetcher=door) == 1
        assert "Invalid refresh token" in again(row).token_fault


def test_two_workers_do_not_renew_one_key_at_once(tree):
    row = channel(tree.province, "facebook")
    until = NOW + 2 * MINUTE
    assert social_channels.claim_refresh(row, now=NOW, until=until)
    assert not social_channels.claim_refresh(row, now=NOW + MINUTE, until=until)
    assert social_channels.claim_refresh(row, now=until, until=until + MINUTE)


def test_a_sealed_key_that_no_longer_opens_asks_for_a_new_one(tree, page, settings):
    approved(tree.province, page, picture=False)
    settings.SECRET_KEY = "another key of the house"
    assert try_act(the_act().pk, NOW, make_fetcher=door) == ActState.WAITING
    assert "nhập lại khóa" in again(page).token_fault


def test_every_night_keys_come_under_the_newest_key(page, settings):
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new key", [old]
    keeping.keep_keys_and_names.func(NOW)
    settings.SECRET_KEY_FALLBACKS = []
    assert social_channels.keys_of(again(page)).access == KEY


def test_a_key_that_runs_out_is_told_ahead(tree):
    channel(tree.province, "facebook", expires_at=NOW + timedelta(days=6))
    [finding] = {one.code: one.findings for one in examine(NOW)}["social"]
    assert "khóa hết hạn ngày" in finding.words
