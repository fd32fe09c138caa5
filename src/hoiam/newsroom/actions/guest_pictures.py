"""Pictures of a Word file somebody outside sent: each is asked about by a link of its own before editors can publish."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hoiam.core import ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.vietnamese import squash
from hoiam.newsroom.actions.guest_links import use
from hoiam.newsroom.actions.submission_files import PictureWords, describe
from hoiam.newsroom.actions.submissions import check_whole, held, touch
from hoiam.newsroom.models import GuestLink, Submission
from hoiam.newsroom.queries.guest_links import piece_to_describe


@transaction.atomic
def ask_for_words(submission: Submission, *, actor: Actor, now: datetime) -> Submission:
    """The same question sent once more, by a new link; the old one opens nothing any more.

    Raises:
        NotAllowed: the actor edits nothing here.
        WrongState: every picture has its words, its writer has an account, or editors work on it already.
    """
    submission = held(submission, "ask_for_words", actor)
    if submission.page_key:
        raise WrongState("Bài đã được soạn ở bàn biên tập. Ghi lời tả ảnh ngay trong bài đó.")
    if submission.writer_id is not None or not submission.pictures.filter(alt="").exists():
        raise WrongState("Ảnh nào cũng đã có lời tả, hoặc người viết có tài khoản và tự ghi được.")
    ledger.write(submission, actor=actor, step="ask_for_words", at=now)
    outbox.post("word_of_guest_read", submission.pk, at=now)
    return submission


@transaction.atomic
def describe_by_link(
    link: GuestLink, words: Mapping[int, PictureWords], *, now: datetime
) -> Submission:
    """The piece with words for each of its pictures, or without those that were taken out; the link is used up.

    Args:
        words: by the key of the picture; those of another piece are passed over.

    Raises:
        WrongState: the link opens nothing any more, or there is nothing left to describe.
        InvalidInput: a picture still has no words.
    """
    link = use(link, now)
    piece = piece_to_describe(link, lock=True)
    if piece is None:
        raise WrongState("Ảnh của bài này đã có lời tả. Cảm ơn bạn, không cần làm gì thêm.")
    for row in piece.pictures.filter(alt="", pk__in=list(words)):
        if not words[row.pk].is_dropped and not squash(words[row.pk].alt):
            raise InvalidInput("Ghi một câu ảnh cho thấy gì, hoặc chọn bỏ ảnh.", f"alt_{row.pk}")
        describe(row, words[row.pk])
    check_whole(piece)
    touch(piece, now)
    piece.save(update_fields=["version", "saved_at"])
    ledger.write(piece, actor=None, step="describe_by_link", at=now)
    return piece
