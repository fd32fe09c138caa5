"""A page made of a piece that was sent in, and the piece tied to what is published of it."""

import pytest
from wagtail.images.models import Image

from hoiam.core import blobs
from hoiam.newsroom.models import Submission, SubmissionPicture
from hoiam.newsroom.states.submissions import SubmissionState
from hoiam.workbench.actions import approve_text, send_for_review
from hoiam.workbench.models import NewsPage
from tests.factories import NOW
from tests.workbench.conftest import drawing


@pytest.fixture
def piece(world):
    """A piece with one placed picture, taken in."""
    sha = blobs.put(drawing()).sha256
    made = Submission.objects.create(
        agency=world.tree.province,
        writer=world.writer.official,
        writer_name="Minh Hạnh",
        state=SubmissionState.ACCEPTED,
        title="Chuyện ở bến sông",
        lead="Sáng nay.",
        body=f'<p>Đoạn một.</p><img src="/anh/{sha}.jpg"><p>Đoạn hai.</p>',
        section=world.section,
        begun_at=NOW,
        saved_at=NOW,
        sent_at=NOW,
        decided_at=NOW,
        decided_by=world.chief.official,
    )
    SubmissionPicture.objects.create(
        submission=made, blob=sha, kind="image/jpeg", width=64, height=48, alt="Bến sông"
    )
    return made


def test_a_page_is_filled_with_the_piece_and_tied_when_it_is_published(world, piece):
    client = world.client(world.editor)
    assert "Chuyện ở bến sông" in client.get("/cms/bai-gui/").content.decode()
    client.post(f"/cms/bai-gui/{piece.pk}/soan/")
    page = NewsPage.objects.get()
    assert [block.block_type for block in page.body] == ["text", "picture", "text"]
    assert (page.title, page.writers) == ("Chuyện ở bến sông", [world.writer.pk])
    assert Image.objects.get().collection == world.own.folder
    review = send_for_review(page, actor=world.writer, now=NOW)
    approve_text(review, actor=world.chief, now=NOW)
    piece = Submission.objects.system("test").get()
    assert (piece.state, piece.page_key) == (SubmissionState.PRINTED, page.page_key)
    assert "Chuyện ở bến sông" not in client.get("/cms/bai-gui/").content.decode()


@pytest.mark.parametrize("broken", ["<li>Một dòng</li>", "<p>Đầu</p><li>Một dòng", "<td>Một dòng</td>", "</ul>Một dòng"])  # fmt: skip
def test_a_page_of_broken_markup_can_be_opened_and_keeps_its_words(world, piece, broken):
    Submission.objects.system("test").filter(pk=piece.pk).update(body=broken)
    client = world.client(world.editor)
    client.post(f"/cms/bai-gui/{piece.pk}/soan/")
    page = NewsPage.objects.get()
    answer = client.get(f"/cms/pages/{page.pk}/edit/")
    assert answer.status_code == 200 and "Một dòng" in str(page.body)


def test_anothers_piece_is_not_there(world, piece):
    answer = world.client(world.stranger).post(f"/cms/bai-gui/{piece.pk}/soan/")
    assert answer.status_code == 404
    assert not NewsPage.objects.exists()
