"""Accounts, posts and people for the tests of official accounts."""

from datetime import timedelta

from hoiam.agencies.models import OfficialAccount
from hoiam.agencies.states import Role
from hoiam.core.pictures import Shown, keep
from hoiam.newsroom.actions import social_channels, social_posts
from hoiam.newsroom.actions.social_posts import PostTyped
from hoiam.newsroom.models import SocialAct, SocialChannel, SocialMessage, SocialPicture
from hoiam.newsroom.states.social import ActKind
from tests import factories as make
from tests.factories import NOW
from tests.newsroom.platforms import KEY, OA, PAGE

LATER = NOW + timedelta(minutes=10)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
PLATFORM = {"facebook": "facebook", "zalo": "zalo", "webhook": "other", "hand": "tiktok"}
PLACE = {
    "facebook": {"page_id": PAGE, "access": KEY},
    "zalo": {"page_id": OA, "access": KEY},
    "webhook": {"address": "https://hub.example/nhan", "access": KEY},
    "hand": {},
}


def account(agency, platform="facebook", name="Trang của THADS Thanh Giang"):
    """An announced account."""
    number = OfficialAccount.objects.system("count").count()
    return OfficialAccount.objects.create(
        agency=agency, platform=platform, name=name, url=f"https://{platform}.example/{number}",
        since=NOW.date(), saved_by=make.head(agency).official, saved_at=NOW,
    )  # fmt: skip


def channel(agency, kind="facebook", **fields) -> SocialChannel:
    """A connected account."""
    keeper = make.actor(agency, Role.ADMINISTRATOR)
    row = account(agency, PLATFORM[kind])
    return social_channels.connect_channel(
        row, actor=keeper, now=NOW, kind=kind, **(PLACE[kind] | fields)
    )


def writer(agency):
    return make.actor(agency, Role.EDITOR)


def typed(*channels, **fields) -> PostTyped:
    given = {"title": "Lịch tiếp công dân tháng 8", "text": "Thi hành án dân sự tỉnh tiếp công dân vào thứ Năm."}  # fmt: skip
    return PostTyped(**(given | {"texts": {row.pk: "" for row in channels}} | fields))


def draft(agency, *channels, at=NOW, article=None, picture=True, **fields):
    """A draft with one picture."""
    made = social_posts.draft_post(
        agency, actor=writer(agency), now=at, typed=typed(*channels, **fields), article=article
    )
    if picture:
        blob = keep(Shown(PNG, "image/png", 8, 8))
        SocialPicture.objects.create(post=made, blob=blob, width=8, height=8, alt="Trụ sở", content_type="image/png")  # fmt: skip
    return made


def approved(agency, *channels, at=NOW, **fields):
    """The post on its way."""
    made = draft(agency, *channels, at=at, **fields)
    made = social_posts.submit_post(made, actor=writer(agency), now=at)
    return social_posts.approve_post(made, actor=make.head(agency), now=at)


def the_act(**where) -> SocialAct:
    return SocialAct.objects.system("a test looks").select_related("channel").get(**({"kind": ActKind.POST} | where))  # fmt: skip


def acts(**where):
    return SocialAct.objects.system("a test looks").filter(**where).order_by("pk")


def again(row):
    """The row as it now stands."""
    return type(row).objects.system("a test looks").get(pk=row.pk)


def message(row: SocialChannel, text="Chấp hành viên giải quyết hồ sơ quá chậm", **fields):
    """A kept comment."""
    number = SocialMessage.objects.system("count").count() + 1
    given = {
        "channel": row, "agency": row.agency, "kind": "comment", "platform_id": f"c{number}", "text": text,
        "author": "Bạn đọc", "under": "p1", "received_at": NOW, "how": "API",
    }  # fmt: skip
    return SocialMessage.objects.create(**(given | fields))
