"""The pages of official accounts: from the first word to the proof, comments shown as text, keys never shown."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hoiam.agencies.actions import save_account
from hoiam.agencies.queries import actor_on
from hoiam.agencies.states import Role
from hoiam.kit.vietnamese import show_datetime
from hoiam.newsroom.actions import social_channels, social_posts
from hoiam.newsroom.jobs.social.sending import try_act
from hoiam.newsroom.models import SocialAct, SocialChannel, SocialMessage, SocialPost
from tests.desk.small_world import SmallWorld, page, queries_of

pytestmark = pytest.mark.django_db
KEY = "EAAG-khoa-cua-trang-0001"
XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}{% include 'x' %}",
    "</textarea><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


@pytest.fixture
def world():
    return SmallWorld()


@pytest.fixture
def writer(world):
    return world.client(world.province, Role.EDITOR)


@pytest.fixture
def head(world):
    return world.client(world.province, Role.HEAD)


def actor(world, role):
    person = world.official_of(world.province)
    found = type(person).objects.filter(posts__agency=world.province, posts__role=role).first()
    return actor_on(found or world.person(world.province, role), world.today)


def channel(world, kind="hand", platform="tiktok", name="TikTok THADS", **fields):
    keeper, focal = actor(world, Role.CHIEF_OF_OFFICE), actor(world, Role.FOCAL_POINT)
    row = save_account(
        world.province, actor=focal, now=world.now, platform=platform, name=name,
        url=f"https://{platform}.example/{name}", since=world.today,
    )  # fmt: skip
    return social_channels.connect_channel(row, actor=keeper, now=world.now, kind=kind, **fields)


def message(row, text, **fields):
    number = SocialMessage.objects.system("count").count()
    given = {"channel": row, "agency": row.agency, "kind": "comment", "platform_id": f"c{number}", "text": text, "author": "Bạn đọc", "received_at": row.connected_at, "how": "API"}  # fmt: skip
    return SocialMessage.objects.create(**(given | fields))


def compose(row, **fields):
    return {"title": "Lịch tiếp dân", "text": "Tiếp dân thứ Năm.", "channels": [row.pk]} | fields


def the(model):
    return model.objects.system("a test looks").get()


def test_from_the_first_word_to_the_proof_by_hand(world, writer, head):
    row = channel(world, platform="website", name="Trang TT")
    answer = writer.post(reverse("desk-social-new"), compose(row))
    post = the(SocialPost)
    assert answer.url == reverse("desk-social-post", args=[post.pk])
    shown = page(writer, answer.url)
    assert "17 / 20.000 ký tự" in shown
    assert "Gửi duyệt" in shown
    writer.post(reverse("desk-social-post-do", args=[post.pk, "submit_post"]))
    assert "Duyệt" not in page(writer, answer.url).split("Việc với bài này")[-1]
    head.post(reverse("desk-social-post-do", args=[post.pk, "approve_post"]))
    act = the(SocialAct)
    assert try_act(act.pk, act.due_at) == "for_hand"
    place = reverse("desk-social-act", args=[act.pk])
    assert "Chép nội dung dưới đây" in page(writer, place)
    wrong = writer.post(reverse("desk-social-act-do", args=[act.pk, "record_by_hand"]), {"note": "đã đăng"})  # fmt: skip
    assert wrong.status_code == 422
    assert "Dán địa chỉ" in wrong.content.decode()
    assert "đã đăng" in wrong.content.decode()
    writer.post(reverse("desk-social-act-do", args=[act.pk, "record_by_hand"]), {"permalink": "https://t.example/1"})  # fmt: skip
    assert "https://t.example/1" in page(writer, reverse("desk-social-archive"))
    proof = the(SocialAct).proofs.get()
    saved = writer.get(reverse("desk-social-proof", args=[proof.pk]))
    assert saved["Content-Disposition"].startswith("attachment")
    assert b"t.example/1" in saved.content
    assert "Lịch tiếp dân" in page(writer, reverse("desk-social"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Còn thiếu: tên bài."),
        ({"channels": []}, "Còn thiếu: đăng lên."),
        ({"scheduled_at": "01/01/2020 08:00"}, "Giờ đăng đã qua"),
        ({"scheduled_at": "mai kia"}, "Không đọc được thời điểm"),
    ],
)
def test_a_wrong_draft_keeps_what_was_typed(world, writer, fields, words):
    row = channel(world)
    answer = writer.post(reverse("desk-social-new"), compose(row, **fields))
    shown = answer.content.decode()
    assert (answer.status_code, words in shown, "Tiếp dân thứ Năm." in shown) == (422, True, True)


def test_two_who_edit_at_once_the_second_is_told_and_keeps_the_text(world, writer, head):
    row = channel(world)
    writer.post(reverse("desk-social-new"), compose(row))
    place = reverse("desk-social-edit", args=[the(SocialPost).pk])
    writer.post(place, compose(row, text="Một", version=1))
    answer = head.post(place, compose(row, text="Hai", version=1))
    shown = answer.content.decode()
    assert (answer.status_code, "Người khác vừa lưu" in shown, ">\nHai</textarea>" in shown) == (422, True, True)  # fmt: skip


def test_over_the_limits_the_page_says_by_how_much(world, writer):
    row = channel(world)
    writer.post(reverse("desk-social-new"), compose(row, text="a" * 2300))
    post = the(SocialPost)
    shown = page(writer, reverse("desk-social-post", args=[post.pk]))
    assert "quá 100 ký tự" in shown
    assert "cần ít nhất một ảnh" in shown
    answer = writer.post(reverse("desk-social-post-do", args=[post.pk, "submit_post"]))
    assert answer.status_code == 422


@pytest.mark.parametrize("text", XSS)
def test_what_readers_write_is_text_and_nothing_else(world, writer, text):
    said = message(channel(world), f"chấp hành viên {text}", author=text, permalink="")
    for place in (reverse("desk-social-inbox"), reverse("desk-social-message", args=[said.pk])):
        shown = page(writer, place)
        for live in ("<script>alert", "<img src=x", "<svg/onload", ' href="javascript:', ">49<"):
            assert live not in shown


def test_a_comment_is_answered_by_two_people(world, writer, head):
    said = message(channel(world, "webhook", "other", "Cổng", address="https://hub.example/x", access=KEY), "chấp hành viên chậm")  # fmt: skip
    place = reverse("desk-social-message", args=[said.pk])
    writer.post(reverse("desk-social-message-do", args=[said.pk, "take_message"]))
    empty = writer.post(reverse("desk-social-message-do", args=[said.pk, "draft_reply"]), {})
    assert empty.status_code == 422
    writer.post(reverse("desk-social-message-do", args=[said.pk, "draft_reply"]), {"text": "Mời anh đến."})  # fmt: skip
    reply = the(SocialAct)
    shown = page(writer, place)
    assert "Mời anh đến." in shown
    assert "Soạn trả lời</summary>" not in shown
    own = writer.post(reverse("desk-social-act-do", args=[reply.pk, "confirm_act"]))
    assert own.status_code == 422
    head.post(reverse("desk-social-act-do", args=[reply.pk, "confirm_act"]))
    assert the(SocialAct).state == "waiting"


def test_a_file_is_looked_at_before_it_comes_in_and_keeps_nothing_meanwhile(world, writer):
    row = channel(world)
    text = "Nội dung,Người viết\nChấp hành viên chậm kê biên,An\nẢnh đẹp quá,Bình\n"
    file = SimpleUploadedFile("a.csv", text.encode())
    answer = writer.post(reverse("desk-social-bring-in"), {"channel": row.pk, "file": file})
    shown = answer.content.decode()
    assert "2 dòng đúng" in shown
    assert "1 dòng liên quan sẽ được giữ" in shown
    assert SocialMessage.objects.system("t").count() == 0
    kept = answer.context["kept"]
    writer.post(reverse("desk-social-bring-in"), {"channel": row.pk, "kept": kept})
    assert the(SocialMessage).text == "Chấp hành viên chậm kê biên"
    bad = SimpleUploadedFile("b.csv", "Nội dung,Thời điểm\nx,32/13\n".encode())
    answer = writer.post(reverse("desk-social-bring-in"), {"channel": row.pk, "file": bad})
    assert "Dòng 2" in answer.content.decode()
    none = writer.post(reverse("desk-social-bring-in"), {"channel": row.pk})
    assert (none.status_code, "Tệp trống" in none.content.decode()) == (422, True)


def test_a_key_is_entered_and_never_shown_again(world, head):
    focal = actor(world, Role.FOCAL_POINT)
    row = save_account(world.province, actor=focal, now=world.now, platform="facebook", name="Trang", url="https://facebook.example/x", since=world.today)  # fmt: skip
    place, do = reverse("desk-social-account", args=[row.pk]), lambda verb: reverse("desk-social-account-do", args=[row.pk, verb])  # fmt: skip
    wrong = head.post(do("connect_channel"), {"kind": "facebook", "page_id": "12", "access": "EAAG-ngắn"})  # fmt: skip
    assert wrong.status_code == 422
    assert "EAAG" not in wrong.content.decode()
    head.post(do("connect_channel"), {"kind": "facebook", "page_id": "12", "access": KEY})
    shown = page(head, place)
    assert KEY not in shown
    assert "đã lưu dạng mã hóa" in shown
    head.post(do("pause_channel"))
    assert the(SocialChannel).is_paused
    assert "Tạm dừng" in page(head, reverse("desk-social-accounts"))


def test_a_trial_tells_what_the_platform_said(world, head):
    row = channel(world, "webhook", "other", "Cổng", address="http://127.0.0.1:9/x", access=KEY)
    place = reverse("desk-social-account-do", args=[row.account_id, "try_channel"])
    answer = head.post(place, follow=True)
    assert "Khóa chưa dùng được" in answer.content.decode()
    assert "Lần gần nhất lỗi" in answer.content.decode()


def test_another_province_sees_none_of_it(world, writer):
    row = channel(world)
    said = message(row, "chấp hành viên chậm")
    writer.post(reverse("desk-social-new"), compose(row))
    post = the(SocialPost)
    other = world.client(world.other, Role.HEAD)
    for name, pk in (("post", post.pk), ("message", said.pk), ("account", row.account_id)):
        assert other.get(reverse(f"desk-social-{name}", args=[pk])).status_code == 404
    for name in ("", "-queue", "-inbox", "-archive", "-accounts"):
        shown = page(other, reverse(f"desk-social{name}"))
        assert "Lịch tiếp dân" not in shown
        assert "TikTok THADS" not in shown


def test_lists_take_the_same_queries_for_one_row_and_for_many(world, writer):
    row = channel(world)
    posts = social_posts

    def more(count):
        for number in range(count):
            made = posts.draft_post(
                world.province, actor=actor(world, Role.EDITOR), now=world.now,
                typed=posts.PostTyped(f"Bài {number}", "Lời", texts={row.pk: ""}),
            )  # fmt: skip
            made.state = "approved"
            SocialPost.objects.system("t").filter(pk=made.pk).update(state="approved")
            SocialAct.objects.create(
                channel=row, agency=world.province, kind="post", state="done", post=made, marker=f"m{made.pk}",
                proposed_at=world.now, due_at=world.now, done_at=world.now, text="Lời",
            )  # fmt: skip
            SocialAct.objects.create(
                channel=row, agency=world.province, kind="edit", state="failed", post=made, marker=f"n{made.pk}",
                proposed_at=world.now, due_at=world.now + timedelta(hours=1),
            )  # fmt: skip
            message(row, "chấp hành viên chậm")

    places = [reverse(f"desk-social{name}") for name in ("", "-queue", "-inbox", "-archive", "-accounts")]  # fmt: skip
    more(1)
    few = [queries_of(writer, f"{place}?tab=all") for place in places]
    more(3)
    assert [queries_of(writer, f"{place}?tab=all") for place in places] == few
    assert max(few) <= 15
    act = SocialAct.objects.system("t").filter(kind="post").first()
    for name, pk in (("post", act.post_id), ("act", act.pk), ("account", row.account_id)):
        assert queries_of(writer, reverse(f"desk-social-{name}", args=[pk])) <= 15


def test_a_reader_s_words_go_on_into_the_registers_of_letters_without_being_typed_again(world, writer):  # fmt: skip
    clerk = world.client(world.province, Role.CHIEF_OF_OFFICE)
    said = message(channel(world), 'chấp hành viên "chậm"', author="Bạn đọc A")
    # Who may write in no register is offered none: its form could never be sent.
    assert reverse("desk-letter-new") not in page(writer, reverse("desk-social-message", args=[said.pk]))  # fmt: skip
    writer = clerk
    shown = page(writer, reverse("desk-social-message", args=[said.pk]))
    for place in (reverse("desk-letter-new"), reverse("desk-legal-question-new")):
        form = shown.split(f'action="{place}"')[1].split("</form>")[0]
        assert f'name="agency" value="{world.province.pk}"' in form
        assert 'name="content" value="chấp hành viên &quot;chậm&quot;"' in form
        assert 'name="name" value="Bạn đọc A"' in form
        opened = writer.post(place, {"agency": world.province.pk, "content": said.text, "name": "Bạn đọc A"})  # fmt: skip
        assert (
            opened.status_code == 422
        )  # the form is there with what was said, the rest is asked for
        assert "chấp hành viên &quot;chậm&quot;</textarea>" in opened.content.decode()
    turned = writer.post(
        reverse("desk-social-message-do", args=[said.pk, "turn_message"]),
        {"into": "letter", "to": "Đơn đến số 12"},
    )
    assert turned.status_code == 302
    assert "Đơn đến số 12" in page(writer, turned.url)


TYPED = {
    "letter": {"title": "Chậm chi trả", "channel": "account", "signers": 1},
    "question": {"channel": "account"},
}


@pytest.mark.parametrize(
    ("into", "new", "one", "people"),
    [
        ("letter", "desk-letter-new", "desk-letter", "desk-letter-people"),
        ("question", "desk-legal-question-new", "desk-legal-question", "desk-legal-question-people"),
    ],
)  # fmt: skip
def test_a_message_entered_into_a_register_and_the_register_lead_to_each_other(world, head, into, new, one, people):  # fmt: skip
    writer = world.client(world.province, Role.CHIEF_OF_OFFICE)
    said = message(channel(world), "Chấp hành viên chậm chi trả, bao giờ tôi nhận được?", author="Bạn đọc A")  # fmt: skip
    opened = page(writer, reverse("desk-social-message", args=[said.pk]))
    form = opened.split(f'action="{reverse(new)}"')[1].split("</form>")[0]
    assert f'name="from_message" value="{said.pk}"' in form and 'name="opened"' in form
    # The clocks run from when it was said, not from when somebody entered it.
    came = show_datetime(said.written_at or said.received_at)
    assert f'name="received_at" value="{came}"' in form
    asked = {"from_message": said.pk, "agency": world.province.pk, "content": said.text, "name": "Bạn đọc A"}  # fmt: skip
    begun = writer.post(reverse(new), asked | TYPED[into] | {"opened": "1", "received_at": came})
    text = begun.content.decode()
    assert f'value="{came}"' in text
    # Opened it is only filled in, with how it came: nothing is entered, nothing is called wrong.
    assert begun.status_code == 200 and said.text in text and "Còn thiếu" not in text
    assert '<option value="account" selected>Tài khoản mạng xã hội chính thức' in text
    wrong = writer.post(reverse(new), asked)
    assert wrong.status_code == 422
    assert f'name="from_message" value="{said.pk}"' in wrong.content.decode()

    entered = writer.post(reverse(new), asked | TYPED[into])
    assert entered.status_code == 302, re.findall(r"<li>.*?</li>", entered.content.decode())
    key = int(entered.url.rstrip("/").split("/")[-1])
    said.refresh_from_db()
    assert (said.state, said.turned_to, said.author) == ("turned", f"{into}:{key}", "")
    shown = page(writer, reverse("desk-social-message", args=[said.pk]))
    assert f'href="{reverse(one, args=[key])}"' in shown
    back = page(head, reverse(one, args=[key]))
    assert "trên tài khoản" in back
    # The way back stands where each look at who wrote is written down, and nowhere else.
    address = f'href="{reverse("desk-social-message", args=[said.pk])}"'
    assert address not in back
    assert address in head.post(reverse(people, args=[key]), {"reason": "giải quyết"}).content.decode()  # fmt: skip

    again = writer.post(reverse(new), asked | TYPED[into])
    assert again.status_code == 422 and "Tải lại trang" in again.content.decode()
    assert reverse(one, args=[key + 1]) not in page(writer, reverse(one + "s"))


def test_a_message_turned_into_a_report_is_named_on_the_report(world, head):
    writer = head
    said = message(channel(world), "Thi hành án dân sự tỉnh Thanh Giang chậm chi trả")
    turned = writer.post(
        reverse("desk-social-message-do", args=[said.pk, "turn_message"]), {"into": "report"}
    )
    assert turned.status_code == 302, re.findall(r"<li>.*?</li>", turned.content.decode())
    said.refresh_from_db()
    item = reverse("desk-item", args=[int(said.turned_to.split(":")[1])])
    assert f'href="{item}"' in page(writer, reverse("desk-social-message", args=[said.pk]))
    assert f'href="{reverse("desk-social-message", args=[said.pk])}"' in page(writer, item)
