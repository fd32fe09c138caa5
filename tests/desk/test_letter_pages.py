"""The pages of letters: every verb by its form, within the budget of queries, and no name for who has no right."""

import html
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hoiam.agencies.models import PressAgency
from hoiam.agencies.queries import actor_on
from hoiam.agencies.states import Role
from hoiam.core.models import LedgerEntry
from hoiam.letters import actions as do
from hoiam.letters.actions import Named, Sorted, Written
from hoiam.letters.models import LegalQuestion, ReaderLetter
from hoiam.letters.states import LetterState
from tests.desk.small_world import SmallWorld, page, queries_of
from tests.letters.conftest import NAME, PHONE, PLACE, TEXT, written
from tests.letters.test_names_are_hidden import names_nobody

MOST_QUERIES = 15
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def world(db):
    found = SmallWorld()
    found.press = PressAgency.objects.create(name="Báo Sông Thanh", sort_key="song thanh")
    found.people = {
        role: found.person(found.province, role, username=role, full_name=name)
        for role, name in (
            (Role.HEAD, "Vũ Thủ Trưởng"), (Role.DEPUTY, "Vũ Cấp Phó"), (Role.FOCAL_POINT, "Vũ Đầu Mối"),
            (Role.RECORDS_CLERK, "Vũ Văn Thư"), (Role.EXAMINER, "Vũ Thẩm Tra"), (Role.CONTRIBUTOR, "Vũ Cộng Tác"),
        )
    }  # fmt: skip
    return found


@pytest.fixture
def signed(world, client):
    def sign(role):
        client.force_login(world.people[role])
        return client

    return sign


def sent(world, **fields):
    return do.send_letter(world.province, written(**fields), now=world.now)


def kept(letter):
    return ReaderLetter.objects.system("test").get(pk=letter.pk)


def post(client, letter, verb, **typed):
    answer = client.post(reverse("desk-letter-step", args=[letter.pk, verb]), typed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return kept(letter)


def test_a_letter_goes_its_whole_way_by_the_forms_of_its_page(world, signed):
    typed = {
        "agency": world.province.pk, "channel": "press", "press_agency": world.press.pk,
        "forward_number": "3/CV", "forward_on": world.today.strftime("%d/%m/%Y"), "signers": "1",
        "title": f"Đơn của {NAME}", "content": TEXT, "name": NAME, "address": PLACE, "phone": PHONE,
        "files": SimpleUploadedFile("don.pdf", PDF),
    }  # fmt: skip
    assert signed(Role.RECORDS_CLERK).post(reverse("desk-letter-new"), typed).status_code == 302
    letter = ReaderLetter.objects.system("test").get()
    today = world.today.strftime("%d/%m/%Y")
    sort = {
        "kind": "petition",
        "condition": "met",
        "competence": "ours",
        "signers": "1",
        "round": "1",
    }
    post(signed(Role.FOCAL_POINT), letter, "classify", **sort)
    post(signed(Role.HEAD), letter, "accept")
    post(signed(Role.FOCAL_POINT), letter, "assign", official=world.people[Role.EXAMINER].pk)
    post(
        signed(Role.EXAMINER),
        letter,
        "draft_answer",
        seen="0",
        text="Đã trả.",
        measures="Chấn chỉnh.",
    )
    post(signed(Role.HEAD), letter, "approve_answer")
    clerk = signed(Role.RECORDS_CLERK)
    post(clerk, letter, "answer", number="5/VP", on=today)
    post(clerk, letter, "tell_citizen", way="post")
    post(clerk, letter, "tell_press", what="result", number="6/VP", on=today)
    done = post(clerk, letter, "close")
    shown = page(clerk, reverse("desk-letter", args=[letter.pk]))

    assert done.state == LetterState.CLOSED and "Văn bản 5/VP" in shown
    assert names_nobody(shown) == []


def test_a_refusal_keeps_what_was_typed_and_the_second_is_told(world, signed):
    letter = sent(world)
    client = signed(Role.FOCAL_POINT)
    url = reverse("desk-letter-step", args=[letter.pk, "classify"])
    wrong = client.post(
        url, {"kind": "complaint", "signers": "1", "note": "Ghi chú đã gõ", "seen": "0"}
    )
    assert wrong.status_code == 422
    assert "hạn khác nhau" in wrong.content.decode() and "Ghi chú đã gõ" in wrong.content.decode()
    head = actor_on(world.people[Role.HEAD], world.today)
    do.classify(letter, Sorted("petition"), actor=head, now=world.now)
    late = client.post(
        url, {"kind": "petition", "signers": "1", "note": "Bản thứ hai", "seen": "0"}
    )
    text = late.content.decode()
    assert late.status_code == 422 and "vừa được người khác xử lý" in text and "Bản thứ hai" in text
    assert re.search(r'name="seen" value="1"', text)


def everything(client, world, letter):
    """All that a signed-in person can open of letters, as one text; Word and Excel unpacked."""
    asked = [
        reverse("desk-letters") + "?tab=all", reverse("desk-letters"), reverse("desk-letter-register"),
        reverse("desk-letter", args=[letter.pk]), reverse("desk-home"), reverse("desk-notices"),
        reverse("desk-letter-boxes"), reverse("desk-legal-questions") + "?tab=all",
        reverse("desk-search") + "?q=cham+tra+tien", reverse("desk-search") + "?q=ba+lan",
        f"/gui-don/{letter.code}/",
        *(reverse("desk-letter-word", args=[letter.pk, code]) for code in ("answer", "acceptance", "result")),
    ]  # fmt: skip
    parts = []
    for url in asked:
        answer = client.get(url, follow=True)
        data = answer.content
        assert data.startswith(b"PK") == ("/word/" in url or "/register/" in url), url
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                data = b"\n".join(packed.read(name) for name in packed.namelist())
            data = re.sub(rb"<[^>]+>", b"", data)
        parts.append(html.unescape(data.decode(errors="replace")))
    parts += [str(row) for row in LedgerEntry.objects.values_list("actor_name", "reason", "data")]
    return "\n".join(parts)


def denounced(world):
    """A denunciation a paper forwarded, answered, with its clerk's careless words."""
    who = {role: actor_on(person, world.today) for role, person in world.people.items()}
    head, clerk, examiner = who[Role.HEAD], who[Role.RECORDS_CLERK], who[Role.EXAMINER]
    text = written(people=[Named(NAME, "denouncer", PLACE, PHONE, "tam@thu.example")])
    by = {"now": world.now}
    letter = do.receive_letter(
        world.province, text, actor=clerk, channel="press", press_agency=world.press,
        forward_on=world.today, **by,
    )  # fmt: skip
    note = f"Đơn của {NAME}, {PHONE}"
    letter = do.classify(
        letter,
        Sorted("denunciation", condition="met", competence="ours", note=note),
        actor=head,
        **by,
    )
    letter = do.accept(letter, actor=head, **by)
    letter = do.assign(letter, official=examiner.official, actor=head, **by)
    letter = do.draft_answer(
        letter, text="Không có cơ sở.", measures="Không.", actor=examiner, **by
    )
    letter = do.return_answer(letter, reason=f"Gọi ông Tám ({PHONE})", actor=head, **by)
    letter = do.draft_answer(letter, text="Không có cơ sở.", actor=examiner, **by)
    letter = do.approve_answer(letter, actor=head, **by)
    return do.answer(letter, number="7/VP", on=world.today, actor=clerk, **by)


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.RECORDS_CLERK, Role.HEAD])
def test_nothing_one_can_open_names_the_denouncer(world, signed, role):
    letter = denounced(world)
    seen = everything(signed(role), world, letter)

    assert "chậm trả tiền" in seen and "Không có cơ sở." in seen
    assert names_nobody(seen) == []


def test_who_has_no_right_is_not_told_and_who_has_leaves_a_line(world, signed):
    letter = denounced(world)
    url = reverse("desk-letter-people", args=[letter.pk])
    refused = signed(Role.FOCAL_POINT).post(url, {"reason": "Muốn xem"}, follow=True)
    assert (
        names_nobody(refused.content.decode()) == []
        and "Danh tính người gửi" in refused.content.decode()
    )
    told = signed(Role.HEAD).post(url, {"reason": "Mời làm việc"})
    text = told.content.decode()
    assert NAME in text and PLACE in text and "no-store" in told.headers["Cache-Control"]
    assert LedgerEntry.objects.filter(step="reveal_people").count() == 1
    assert signed(Role.HEAD).get(url).status_code == 405
    named = signed(Role.HEAD).post(
        reverse("desk-letter-word", args=[letter.pk, "answer"]), {"reason": "Gửi trả lời"}
    )
    assert (
        named.status_code == 200 and LedgerEntry.objects.filter(step="reveal_people").count() == 2
    )


def test_whom_a_denunciation_names_is_told_why_they_cannot_see_who_wrote(world, signed):
    letter = sent(world, content=f"{TEXT}\nTố cáo ông Vũ Cấp Phó.")
    url = reverse("desk-letter", args=[letter.pk])
    people = reverse("desk-letter-people", args=[letter.pk])
    assert "Đơn này nêu tên bạn" in page(signed(Role.DEPUTY), url)
    told = signed(Role.DEPUTY).post(people, {"reason": "Xem"}, follow=True).content.decode()
    assert names_nobody(told) == [] and people not in page(signed(Role.DEPUTY), url)
    assert "nêu tên bạn" not in page(signed(Role.HEAD), url)
    assert people in page(signed(Role.HEAD), url)


def test_letters_are_not_for_every_post_and_search_keeps_to_it(world, signed):
    letter = sent(world)
    client = signed(Role.CONTRIBUTOR)
    assert client.get(reverse("desk-letter", args=[letter.pk])).status_code == 404
    assert "chậm trả tiền" not in page(client, reverse("desk-letters") + "?tab=all")
    assert letter.number not in page(client, reverse("desk-search") + "?q=cham+tra+tien")
    assert letter.number in page(signed(Role.EXAMINER), reverse("desk-search") + "?q=cham+tra+tien")


def test_lists_and_pages_stay_within_their_budget_however_many_rows(world, signed):
    first = sent(world)
    client = signed(Role.FOCAL_POINT)
    one = queries_of(client, reverse("desk-letters"))
    for number in range(3):
        sent(world, content=f"Nội dung khác số {number} về lịch tiếp dân")
    assert queries_of(client, reverse("desk-letters")) == one <= MOST_QUERIES
    assert queries_of(client, reverse("desk-letter", args=[first.pk])) <= MOST_QUERIES


def test_my_work_names_letters_and_questions_within_the_same_budget(world, signed):
    client = signed(Role.FOCAL_POINT)
    home = reverse("desk-home")
    none = queries_of(client, home)
    assert "Đơn thư, hỏi đáp pháp luật</h2>" not in page(client, home)
    letter = sent(world)
    do.send_question(world.province, "Ai nộp phí?", Named("Lê Mẫu"), now=world.now)
    shown = page(client, home)
    assert "Phân loại đơn" in shown and "Soạn giải đáp" in shown and "MD-130 · mặc định" in shown
    assert f"{reverse('desk-letter', args=[letter.pk])}#viec-h" in shown
    assert "Không có việc nào đang chờ bạn" not in shown and re.search(r"[Cc]òn \d", shown)
    assert names_nobody(shown) == [] and "Lê Mẫu" not in shown
    for number in range(7):
        sent(world, content=f"Nội dung khác số {number}")
    assert queries_of(client, home) == none <= MOST_QUERIES + 1
    assert page(client, home).count("Phân loại đơn") == 5
    assert "Đơn thư<small>8</small>" in page(client, home)
    other = world.person(world.other, Role.FOCAL_POINT)
    client.force_login(other)
    assert "Phân loại đơn" not in page(client, home)


def test_a_legal_question_goes_from_the_desk_to_the_public(world, signed):
    typed = {
        "agency": world.province.pk,
        "channel": "post",
        "content": "Ai nộp phí?",
        "name": "Lê Mẫu",
    }
    signed(Role.RECORDS_CLERK).post(reverse("desk-legal-question-new"), typed)
    question = LegalQuestion.objects.system("test").get()

    def step(role, verb, **more):
        url = reverse("desk-legal-question-step", args=[question.pk, verb])
        answer = signed(role).post(url, more)
        assert answer.status_code == 302, answer.content.decode()[:3000]

    step(
        Role.EXAMINER, "draft_legal_answer", seen="0", question="Ai nộp phí?",
        answer="Người được thi hành án.\n\n<script>alert(1)</script>Hết.", topic="fees",
        laws="NĐ 152/2026/NĐ-CP", law_day=world.today.strftime("%d/%m/%Y"),
    )  # fmt: skip
    step(Role.DEPUTY, "check_legal_answer", note="")
    step(Role.HEAD, "publish_legal_answer")
    shown = page(signed(Role.FOCAL_POINT), reverse("desk-legal-question", args=[question.pk]))
    assert "Đã đăng" in shown.replace("đã đăng", "Đã đăng") and "<script>alert" not in shown
    assert "Lê Mẫu" not in shown


def test_the_register_is_a_spreadsheet_of_the_days_asked(world, signed):
    letter = sent(world)
    client = signed(Role.RECORDS_CLERK)
    answer = client.get(reverse("desk-letter-register"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        text = html.unescape(
            "".join(packed.read(n).decode() for n in packed.namelist() if n.endswith(".xml"))
        )
    assert letter.number in text and names_nobody(text) == []


def test_markup_in_a_letter_is_text(world, signed):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    letter = do.send_letter(world.province, Written(bad, bad), now=world.now)
    for url in (reverse("desk-letter", args=[letter.pk]), reverse("desk-letters")):
        shown = page(signed(Role.FOCAL_POINT), url)
        assert "<script>alert" not in shown and "<img src=x" not in shown
