"""The feed of an official account: what was posted and stands, as text."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from hoiam.newsroom.actions.social_acts import record_by_hand
from hoiam.newsroom.jobs.social.sending import try_act
from hoiam.newsroom.models import SocialAct
from tests import factories as make
from tests.factories import NOW
from tests.newsroom.social_house import approved, channel, the_act, writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted():
    tree = make.tree()
    row = channel(tree.province, "hand")
    approved(tree.province, row, text="Thứ Năm <script>alert(1)</script> & mọi tuần")
    try_act(the_act().pk, NOW)
    return record_by_hand(the_act(), actor=writer(tree.province), now=NOW, permalink="https://t.example/1")  # fmt: skip


def items(client, act):
    answer = client.get(reverse("portal-account-feed", args=[act.channel.account_id]))
    assert answer["Content-Type"].startswith("application/rss+xml")
    return ElementTree.fromstring(answer.content).findall("channel/item")


def test_it_holds_what_stands_with_its_address_and_escaped_words(client, posted):
    [item] = items(client, posted)
    assert item.findtext("link") == "https://t.example/1"
    assert item.findtext("guid") == posted.marker
    assert "&lt;script&gt;" in item.findtext("description")


def test_what_is_gone_is_not_in_it(client, posted):
    SocialAct.objects.system("set up").filter(pk=posted.pk).update(standing="gone")
    assert items(client, posted) == []


def test_an_account_that_is_not_in_use_has_none(client, posted):
    account = posted.channel.account
    account.until = timezone.now().date() - timedelta(days=1)
    account.save()
    assert client.get(reverse("portal-account-feed", args=[account.pk])).status_code == 404
