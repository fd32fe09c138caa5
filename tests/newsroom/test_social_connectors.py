"""One contract for every connector, run against its double; then what only one of them has."""

import asyncio
import hashlib
import hmac
from datetime import timedelta

import pytest

from hoiam.newsroom.connectors import (
    CONNECTORS,
    AnswerLost,
    AskedToRest,
    Keys,
    NotOffered,
    NotReached,
    Outgoing,
    OutPicture,
    Place,
    Refused,
    TargetGone,
    TokenRefused,
)
from tests.factories import NOW
from tests.newsroom.platforms import KEY, OA, PAGE, Graph, Hub, ZaloOA, door, running

DOUBLES = {"facebook": Graph, "zalo": ZaloOA, "webhook": Hub}
PICTURE = OutPicture(b"\xff\xd8\xff..", "image/jpeg", "Trụ sở", "https://cong.example/anh/a.jpg")
OUT = Outgoing("m" * 32, "Lịch tiếp công dân", "Tiếp công dân thứ Năm.\n\n#THADS", pictures=(PICTURE,), author="THADS")  # fmt: skip


@pytest.fixture(params=sorted(DOUBLES))
def kind(request):
    return request.param


@pytest.fixture
def platform(kind, settings):
    with running(DOUBLES[kind](at=NOW)) as here:
        settings.HOIAM_FACEBOOK_API = f"{here.url}/v25.0"
        settings.HOIAM_ZALO_API = settings.HOIAM_ZALO_OAUTH = here.url
        yield here


@pytest.fixture
def speak(kind, platform):
    page = {"facebook": PAGE, "zalo": OA, "webhook": ""}[kind]

    def run(use, keys=None, url=None):
        async def go():
            async with door() as out:
                place = Place(page, "app1", (url or platform.url) + "/nhan")
                return await use(CONNECTORS[kind](place, keys or Keys(KEY), out, NOW))

        return asyncio.run(go())

    return run


def text_of(platform, made):
    row = platform.posts[made]
    return row.get("message") or "\n\n".join(part["content"] for part in row["body"])


def test_a_post_stands_on_the_page_with_its_id_and_the_answer_as_proof(speak, platform):
    done = speak(lambda one: one.post(OUT))
    assert list(platform.posts) == [done.external_id]
    assert text_of(platform, done.external_id) == OUT.text
    assert done.answer
    assert done.permalink.startswith("https://")


def test_it_is_edited_and_removed_and_removing_twice_is_no_fault(speak, platform):
    made = speak(lambda one: one.post(OUT)).external_id
    other = Outgoing("n" * 32, OUT.title, "Chuyển sang thứ Sáu.", pictures=OUT.pictures)
    speak(lambda one: one.edit(made, other))
    assert text_of(platform, made) == "Chuyển sang thứ Sáu."
    speak(lambda one: one.remove(made))
    assert platform.posts == {}
    assert speak(lambda one: one.remove(made)).external_id == made


def test_the_name_behind_the_key_is_told(speak):
    assert speak(lambda one: one.check_token())


@pytest.mark.parametrize(
    ("fault", "kind_of_fault"),
    [("429", AskedToRest), ("expired", TokenRefused), ("refused", Refused), ("500", AnswerLost), ("broken", AnswerLost)],
)  # fmt: skip
def test_every_failure_is_told_for_what_it_is(speak, platform, fault, kind_of_fault):
    plain = Outgoing(OUT.marker, OUT.title, OUT.text, pictures=OUT.pictures)
    platform.faults = [fault]
    if isinstance(platform, Graph):
        plain = Outgoing(OUT.marker, OUT.title, OUT.text)
    with pytest.raises(kind_of_fault) as told:
        speak(lambda one: one.post(plain))
    assert platform.posts == {}
    assert str(told.value)
    assert KEY not in str(told.value)
    if fault == "429":
        assert told.value.seconds == 120


@pytest.mark.parametrize("kind", ["facebook", "zalo"])
def test_many_messages_are_read_page_by_page_back_to_the_moment_asked_for(speak, platform):
    old, since = NOW - timedelta(days=9), NOW - timedelta(days=1)
    for number in range(130):
        platform.say(f"Cũ {number}", "p1", when=old)
    for number in range(230):
        platform.say(f"Mới {number}", "p1")
    found = speak(lambda one: one.read_comments(["p1"], since))
    expected = 200 if isinstance(platform, ZaloOA) else 230
    assert len({one.platform_id for one in found}) == expected
    assert all(one.text.startswith("Mới") for one in found)


@pytest.mark.parametrize("kind", ["facebook", "zalo"])
def test_a_wrong_key_is_refused(speak):
    with pytest.raises(TokenRefused):
        speak(lambda one: one.check_token(), keys=Keys("khóa-sai"))


def test_an_address_that_leads_nowhere_was_not_reached(speak, settings):
    nowhere = "https://khong-co.invalid"
    settings.HOIAM_FACEBOOK_API = settings.HOIAM_ZALO_API = nowhere
    with pytest.raises(NotReached):
        speak(lambda one: one.check_token(), url=nowhere)


def test_a_lost_post_is_found_again_or_needs_no_looking_for(speak, platform, kind):
    platform.faults = ["lost"] if kind != "facebook" else ["", "lost"]
    with pytest.raises(AnswerLost) as lost:
        speak(lambda one: one.post(OUT))
    [made] = platform.posts
    if CONNECTORS[kind].resend_is_safe:
        assert speak(lambda one: one.post(OUT)).external_id == made
        assert list(platform.posts) == [made]
        return

    def find(one, known=()):
        return one.find(OUT, target="", since=NOW, known=known, trail=lost.value.trail)

    assert speak(find).external_id == made
    assert speak(lambda one: find(one, known=(made,))) is None


def test_what_stands_is_seen_and_what_is_gone_too(speak, platform, kind):
    made = speak(lambda one: one.post(OUT)).external_id
    if kind == "webhook":
        with pytest.raises(NotOffered):
            speak(lambda one: one.see(made))
        return
    assert speak(lambda one: one.see(made)).text == OUT.text
    assert speak(lambda one: one.see("khong_co")) is None


def test_the_key_travels_in_no_address(speak, platform):
    made = speak(lambda one: one.post(OUT)).external_id
    speak(lambda one: one.edit(made, OUT))
    speak(lambda one: one.read_comments([made], NOW - timedelta(days=1)))
    speak(lambda one: one.check_token())
    assert platform.seen
    for asked in platform.seen:
        assert KEY not in asked.path + str(asked.query)


class TestFacebook:
    @pytest.fixture
    def kind(self):
        return "facebook"

    def test_pictures_go_up_unpublished_and_hang_on_the_post(self, speak, platform):
        made = speak(lambda one: one.post(OUT)).external_id
        [photo] = platform.photos
        assert b'name="published"\r\n' in photo
        assert PICTURE.data in photo
        assert platform.posts[made]["attached_media[0]"] == '{"media_fbid": "photo1"}'

    def test_a_fault_while_pictures_go_up_leaves_nothing_and_was_not_sent(self, speak, platform):
        platform.faults = ["lost"]
        with pytest.raises(NotReached):
            speak(lambda one: one.post(OUT))
        assert platform.posts == {}

    def test_a_link_without_pictures_is_shown_as_a_card(self, speak, platform):
        out = Outgoing(OUT.marker, "", "Xem bài", link="https://cong.example/bai/x/")
        made = speak(lambda one: one.post(out)).external_id
        assert platform.posts[made]["link"] == "https://cong.example/bai/x/"

    @pytest.mark.parametrize(("fault", "kind_of_fault"), [("duplicate", AnswerLost), ("throttled", AskedToRest), ("garbage", AnswerLost)])  # fmt: skip
    def test_faults_of_its_own(self, speak, platform, fault, kind_of_fault):
        platform.faults = [fault]
        with pytest.raises(kind_of_fault) as told:
            speak(lambda one: one.post(Outgoing(OUT.marker, "", "Xem bài")))
        if fault == "throttled":
            assert told.value.seconds == 420

    def test_comments_come_with_what_a_reader_sees_and_ours_are_left_out(self, speak, platform):
        made = speak(lambda one: one.post(OUT)).external_id
        platform.say("Cho hỏi nộp đơn ở đâu?", made, author="Bạn đọc A")
        platform.comments.append({"id": "c9", "message": "Chúng tôi trả lời", "from": {"id": PAGE, "name": "Trang"}, "created_time": "", "under": made})  # fmt: skip
        [one] = speak(lambda one: one.read_comments([made, "khong_co"], NOW - timedelta(days=1)))
        assert (one.text, one.author, one.under, one.written_at) == ("Cho hỏi nộp đơn ở đâu?", "Bạn đọc A", made, NOW)  # fmt: skip

    def test_a_reply_and_hiding(self, speak, platform):
        comment = platform.say("Cho hỏi", "p1")
        reply = speak(lambda one: one.reply(comment, Outgoing("m", "", "Mời anh đến trụ sở.")))
        assert platform.posts[reply.external_id]["edge"] == f"{comment}/comments"
        found = speak(lambda one: one.find(Outgoing("m", "", "Mời anh đến trụ sở."), target=comment, since=NOW, known=(), trail={}))  # fmt: skip
        assert found.external_id == reply.external_id
        speak(lambda one: one.hide(comment))
        assert platform.comments[0]["is_hidden"] == "true"

    def test_a_key_of_another_page_is_told(self, speak, platform):
        with pytest.raises(TargetGone):
            speak(lambda one: type(one)(Place("999"), one.keys, one.door, NOW).check_token())


class TestZalo:
    @pytest.fixture
    def kind(self):
        return "zalo"

    def test_an_article_still_being_made_keeps_its_token(self, speak, platform):
        platform.faults = ["", "being_made"]
        with pytest.raises(AnswerLost) as lost:
            speak(lambda one: one.post(OUT))
        [made] = platform.posts
        assert lost.value.trail == {"token": f"token-{made}"}

    def test_the_article_has_cover_lead_and_paragraphs(self, speak, platform):
        made = speak(lambda one: one.post(OUT)).external_id
        row = platform.posts[made]
        assert row["cover"]["photo_url"] == PICTURE.address
        assert row["description"] == "Tiếp công dân thứ Năm."
        assert [part["content"] for part in row["body"]] == ["Tiếp công dân thứ Năm.", "#THADS"]

    def test_keys_are_renewed_once_and_the_old_one_is_dead(self, speak, platform):
        old = Keys(KEY, "khoa-gia-han-0001", "bi-mat", NOW)
        new = speak(lambda one: one.refreshed(), keys=old)
        assert (new.access, new.expires_at) == (platform.key, NOW + timedelta(hours=1))
        assert speak(lambda one: one.check_token(), keys=new)
        with pytest.raises(TokenRefused):
            speak(lambda one: one.refreshed(), keys=old)

    def test_messages_of_readers_come_and_are_answered(self, speak, platform):
        platform.say("Chấp hành viên chậm quá")
        platform.comments.append({"message_id": "m9", "src": 0, "message": "của ta", "time": 0})
        [one] = speak(lambda one: one.read_comments([], NOW - timedelta(days=1)))
        assert (one.kind, one.under, one.text) == ("direct", "u-77", "Chấp hành viên chậm quá")
        made = speak(lambda one: one.reply("u-77", Outgoing("m", "", "Đã nhận."))).external_id
        assert platform.posts[made]["to"] == "u-77"


class TestWebhook:
    @pytest.fixture
    def kind(self):
        return "webhook"

    def test_it_is_signed_over_time_and_body(self, speak, platform):
        speak(lambda one: one.post(OUT))
        [asked] = platform.seen
        at, signed = asked.headers["hoiam-signature"].removeprefix("t=").split(",v1=")
        ours = hmac.new(KEY.encode(), f"{at}.".encode() + asked.body, hashlib.sha256).hexdigest()
        assert (at, signed) == (str(int(NOW.timestamp())), ours)
        assert asked.json["pictures"] == [{"url": PICTURE.address, "alt": "Trụ sở"}]


@pytest.mark.parametrize("kind", ["facebook"])
@pytest.mark.parametrize("target", ["", "..", "1/feed", "1?is_hidden=true#", "1%2Ffeed", "me feed"])
def test_an_id_out_of_a_file_asks_for_nothing_else(speak, platform, target):
    before = len(platform.posts)
    for use in (
        lambda one: one.reply(target, OUT), lambda one: one.hide(target), lambda one: one.remove(target),
        lambda one: one.edit(target, OUT), lambda one: one.see(target),
    ):  # fmt: skip
        with pytest.raises(Refused, match="ký tự lạ"):
            speak(use)
    assert len(platform.posts) == before
