"""What people bring that cannot stand as it is: told in words, what was typed kept."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from docx import Document as Word
from wagtail.documents.models import Document

from hoiam.core.errors import NotAllowed, WrongState
from hoiam.workbench.actions import send_for_review
from hoiam.workbench.actions.old_fonts import convert_text
from hoiam.workbench.forms.files import PictureFile
from hoiam.workbench.snapshots import body_of
from tests.factories import NOW
from tests.workbench.conftest import upload
from tests.workbench.test_pages import create

PASTED = (
    '<p class="MsoNormal" style="mso-margin-top-alt:auto;font-family:Wingdings"><span style="color:red" lang="VI">'
    "<o:p></o:p>Đoạn <b style='mso-bidi-font-weight:normal'>đậm</b> dán từ Word</span></p>"
    "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p{display:none}</style>"
)


def with_macro(name="vbaProject.bin"):
    """A Word file with a macro inside."""
    out = io.BytesIO()
    Word().save(out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(f"word/{name}", b"x")
    return out.getvalue()


def test_a_word_file_with_macros_is_refused_in_words_whatever_its_name(world):
    client = world.client(world.writer)
    for name in ("qd.docx", "qd.docm"):
        sent = {"title": "Quyết định", "file": upload(name, with_macro(), "application/msword")}
        answer = client.post("/cms/documents/add/", sent | {"collection": world.own.folder.pk})
        text = answer.content.decode()
        assert answer.status_code == 200 and 'value="Quyết định"' in text
        assert "macro" in text or "docm" in text
    assert not Document.objects.exists()


def test_what_was_pasted_from_word_keeps_its_words_and_loses_its_look(world):
    page = world.text(body=[("text", PASTED)])
    assert "<p>Đoạn <b>đậm</b> dán từ Word</p>" in body_of(page).replace("strong>", "b>")
    for trace in ("Mso", "style", "WordDocument", "display:none", "span"):
        assert trace not in body_of(page)


def test_letters_of_an_old_font_are_named_and_put_right_when_a_person_says_so(world):
    block = {"picture": world.image(), "alt": "Trao tiÒn", "caption": "Thi hµnh ¸n", "credit": ""}
    page = world.text(
        title="Thi hµnh ¸n d©n sù",
        lead="S¸ng 05/8.",
        body=[("text", "<p>C¬ quan <b>thi hµnh ¸n</b> d©n sù.</p>"), ("picture", block)],
    )
    client = world.client(world.writer)
    send, convert = (f"/cms/bai/{page.pk}/{what}/" for what in ("gui-duyet", "doi-phong"))
    assert "TCVN3 (ABC) → Unicode" in client.get(send).content.decode()
    # Who decides sees it too, before the text goes up.
    send_for_review(page, actor=world.writer, now=NOW)
    decide = world.client(world.chief).get(f"/cms/bai/{page.pk}/duyet/").content.decode()
    assert "chữ phông cũ" in decide

    assert client.post(convert).status_code == 302
    page.refresh_from_db()
    mended = page.get_latest_revision_as_object()
    assert (mended.title, mended.lead) == ("Thi hành án dân sự", "Sáng 05/8.")
    assert mended.body[0].value.source == "<p>Cơ quan <b>thi hành án</b> dân sự.</p>"
    assert mended.body[1].value["caption"] == "Thi hành án"
    assert "chữ phông cũ" not in client.get(send).content.decode()
    with pytest.raises(WrongState, match="không còn chữ phông cũ"):
        convert_text(page, actor=world.writer, now=NOW)
    with pytest.raises(NotAllowed):
        convert_text(page, actor=world.stranger, now=NOW)


def test_a_page_somebody_else_holds_is_not_changed_under_his_hands(world):
    page = world.text(title="Thi hµnh ¸n d©n sù")
    page.locked, page.locked_by = True, world.editor.official
    page.save(clean=False)
    with pytest.raises(WrongState, match="bị người khác khóa"):
        convert_text(page, actor=world.writer, now=NOW)


def test_a_picture_of_two_hundred_megabytes_is_refused_by_its_size_alone(world, monkeypatch):
    """The bytes are neither read into memory nor given to the library that opens pictures."""
    big = upload()
    big.size = 200 * 1024 * 1024
    monkeypatch.setattr("hoiam.workbench.forms.files.pictures.remade", lambda *a, **k: pytest.fail("read"))  # fmt: skip
    with pytest.raises(ValidationError, match=r"lớn hơn 25 MB\. Hãy thu nhỏ ảnh rồi tải lại"):
        PictureFile().to_python(big)


def test_a_draft_refused_for_one_field_keeps_the_others(world):
    answer = create(world, names_debtor="on", lead="Chữ tôi gõ", other_writers="Minh Hạnh")
    text = answer.content.decode()
    assert "Chữ tôi gõ" in text and "Minh Hạnh" in text
