"""Official accounts of the fictional province: a page whose answers are made up here and one served by hand; nothing goes out."""

import io
from datetime import datetime, timedelta
from functools import cache

from PIL import Image

from hoiam.agencies.models import OfficialAccount
from hoiam.config.demo.playing import Play, Queue
from hoiam.config.demo.reading import read
from hoiam.newsroom.actions import social_acts, social_channels, social_messages, social_posts
from hoiam.newsroom.actions.social_posts import PostTyped
from hoiam.newsroom.actions.social_sending import begin, settle
from hoiam.newsroom.connectors import Comment, Done, Refused
from hoiam.newsroom.models import SocialAct, SocialChannel, SocialMessage, SocialPost
from hoiam.newsroom.states.social import ActKind

WHY = "a step of the demonstration"
PLACE = "thads-thanh-giang"
KEY = "khoa-hu-cau-chi-de-tap-huan"
PAGE = "https://mangxahoi.example/thads-thanh-giang"
MINUTE = timedelta(minutes=1)


@cache
def _picture() -> bytes:
    """A plain picture: no photograph of anybody is made up."""
    out = io.BytesIO()
    Image.new("RGB", (640, 360), (20, 83, 45)).save(out, "PNG")
    return out.getvalue()


class SocialPlay:
    """The script of official accounts as events of the demonstration's timeline."""

    def __init__(self, play: Play) -> None:
        self.clock, self.agency, self.actor = play.clock, play.agencies[PLACE], play.actor
        self.channels: dict[str, SocialChannel] = {}

    def schedule(self, queue: Queue) -> None:
        """Connecting, posts, comments, and what became of them."""
        told, before = read("social.yaml"), self.clock.before
        queue.add(self.clock.now, self.rest)
        queue.add(before("23d 08:10"), self.connect)
        for number, row in enumerate(told["posts"]):
            queue.add(before(row["at"]), lambda at, row=row, number=number: self.post(row, number, at))  # fmt: skip
        for number, row in enumerate(told["comments"]):
            queue.add(before(row["at"]), lambda at, row=row, number=number: self.comment(row, number, at))  # fmt: skip

    def connect(self, at: datetime) -> None:
        """A page with an interface, paused so that nothing is ever sent, and one served by hand."""
        keeper = self.actor("chanh-vp", at)
        ways = {"facebook": {"page_id": "100000000000", "access": KEY}, "zalo": {}}
        for platform, fields in ways.items():
            rows = OfficialAccount.objects.system(WHY)
            account = rows.get(agency=self.agency, platform=platform, until=None)
            kind = "facebook" if fields else "hand"
            self.channels[platform] = social_channels.connect_channel(account, actor=keeper, now=at, kind=kind, **fields)  # fmt: skip
        page = self.channels["facebook"]
        social_channels.note_trial(page, actor=keeper, now=at + MINUTE, name=str(page))

    def post(self, row: dict[str, object], number: int, at: datetime) -> None:
        """A post as far as it is told to come."""
        texts = {self.channels[str(name)].pk: "" for name in row["places"]}  # type: ignore[attr-defined]
        typed = PostTyped(str(row["title"]), str(row["text"]), hashtags="THADS ThanhGiang", texts=texts)  # fmt: skip
        made = social_posts.draft_post(self.agency, actor=self.actor("dau-moi", at), now=at, typed=typed)  # fmt: skip
        if "zalo" in row["places"]:  # type: ignore[operator]
            alt = "Nền màu thay cho ảnh, dữ liệu tập huấn"
            social_posts.add_picture(made, actor=self.actor("dau-moi", at), now=at, data=_picture(), name="anh.png", alt=alt)  # fmt: skip
        state = row["state"]
        if state == "draft":
            return
        made = social_posts.submit_post(made, actor=self.actor("dau-moi", at), now=at + MINUTE)
        if state == "submitted":
            return
        social_posts.approve_post(made, actor=self.actor("truong", at), now=at + 30 * MINUTE)
        self._send(made, number, str(state), at + 31 * MINUTE)

    def _send(self, post: SocialPost, number: int, state: str, at: datetime) -> None:
        for act in SocialAct.objects.system(WHY).filter(post=post).select_related("channel"):
            plan = begin(act, now=at)
            if plan is None:  # by hand
                if state == "posted":
                    address = f"https://zalo.example/thads-thanh-giang/{number}"
                    social_acts.record_by_hand(act, actor=self.actor("dau-moi", at), now=at + 5 * MINUTE, permalink=address)  # fmt: skip
                continue
            made = f"100000000000_{number}"
            answer = Done(made, f"{PAGE}/{number}", {"id": made, "note": "Câu trả lời hư cấu."})
            settle(plan, answer if state != "failed" else Refused("Nền tảng từ chối: ảnh quá nhỏ (hư cấu)."), now=at)  # fmt: skip

    def comment(self, row: dict[str, str], number: int, at: datetime) -> None:
        """What a reader wrote, and what was done with it."""
        page = self.channels["facebook"]
        told = Comment(f"c{number}", "comment", row["text"], row["who"], "100000000000_0", f"{PAGE}/0?c={number}", at)  # fmt: skip
        social_messages.bring_in(page, [told], actor=None, now=at + 10 * MINUTE, how="API của nền tảng")  # fmt: skip
        said = SocialMessage.objects.system(WHY).filter(platform_id=f"c{number}").first()
        if said is not None and row.get("do"):
            self._follow(said, row, at + 40 * MINUTE)

    def _follow(self, said: SocialMessage, row: dict[str, str], at: datetime) -> None:
        focal = self.actor("dau-moi", at)
        said = social_messages.take_message(said, actor=focal, now=at)
        if row["do"] == "report":
            social_messages.turn_message(said, actor=focal, now=at, into="report")
        if row["do"] in {"reply", "answer"}:
            reply = social_acts.draft_reply(said, actor=focal, now=at, text=row["reply"])
            if row["do"] == "answer":
                reply = social_acts.confirm_act(reply, actor=self.actor("truong", at), now=at + MINUTE)  # fmt: skip
                plan = begin(reply, now=at + MINUTE)
                if plan is not None and plan.act.kind == ActKind.REPLY:
                    settle(plan, Done(f"r{said.pk}", f"{PAGE}/0?r={said.pk}", {"id": "hư cấu"}), now=at + MINUTE)  # fmt: skip

    def rest(self, now: datetime) -> None:
        """From now on nothing goes out: the page does not exist."""
        page = self.channels["facebook"]
        social_channels.pause_channel(page, actor=self.actor("chanh-vp", now), now=now, paused=True)
