"""A post from the first word to the approval that puts it on its way: composed once, with a text for each account."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, blobs, ledger, pictures
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.kit.vietnamese import VIETNAM, nfc, squash
from hoiam.newsroom.actions.articles import address_of
from hoiam.newsroom.models import (
    Article,
    ChannelText,
    SocialAct,
    SocialPicture,
    SocialPost,
)
from hoiam.newsroom.queries.social import channels_in_use, faults_of
from hoiam.newsroom.social_limits import composed, limits_of
from hoiam.newsroom.states.articles import ArticleState
from hoiam.newsroom.states.social import POST_STEPS, ActKind, ActState, PostState

WHY = "reload under lock"
MOST_PICTURES = 35
LONGEST_TEXT = 70_000
FOUR_EYES = "Người soạn hoặc sửa bài không tự duyệt. Hãy để người khác duyệt."


@dataclass(frozen=True)
class PostTyped:
    """What was typed; `texts` holds the accounts chosen, each with its own words or none."""

    title: str
    text: str
    link: str = ""
    hashtags: str = ""
    scheduled_at: datetime | None = None
    texts: Mapping[int, str] = field(default_factory=dict)


def typed_of(article: Article) -> PostTyped:
    """A first text made of an article: its title, lead and address."""
    text = "\n\n".join(part for part in (article.title, article.lead) if part)
    return PostTyped(article.title, text, address_of(article))


@transaction.atomic
def draft_post(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    typed: PostTyped,
    article: Article | None = None,
) -> SocialPost:
    """A new draft, with the article's pictures when it tells of one.

    Raises:
        NotAllowed: the actor does not write for the agency.
        InvalidInput: no title, no text, no account, an hour that has passed.
        WrongState: the article does not stand any more.
    """
    authority.check(actor, "draft_post", agency)
    _check_article(article)
    made = SocialPost(agency=agency, article=article, drafted_by=actor.official, drafted_at=now)
    _fill(made, typed, now)
    made.save()
    _choose(made, typed.texts, now)
    for row in article.pictures.all() if article is not None else ():
        SocialPicture.objects.create(
            post=made, blob=row.blob, width=row.width, height=row.height, alt=row.alt,
            order=row.order, content_type=_kind_of(row.blob),
        )  # fmt: skip
    ledger.write(made, actor=actor, step="draft_post", at=now, title=made.title)
    return made


def _kind_of(blob: str) -> str:
    return "image/png" if blobs.exists(blob) and blobs.read(blob)[:4] == b"\x89PNG" else "image/jpeg"  # fmt: skip


def _check_article(article: Article | None) -> None:
    if article is not None and article.state != ArticleState.STANDING:
        state = str(article.get_state_display()).lower()
        raise WrongState(f"Bài trên cổng {state}, nên không đăng lên tài khoản được.")


def _fill(post: SocialPost, typed: PostTyped, now: datetime) -> None:
    title, text = squash(nfc(typed.title)), nfc(typed.text).replace("\r\n", "\n").strip()
    if not title:
        raise InvalidInput("Ghi tên bài.", "title")
    if not text:
        raise InvalidInput("Viết nội dung.", "text")
    if len(text) > LONGEST_TEXT:
        raise InvalidInput("Nội dung quá dài cho mọi nơi đăng. Viết ngắn lại.", "text")
    if typed.scheduled_at is not None and typed.scheduled_at <= now:
        raise InvalidInput("Giờ đăng đã qua. Đặt giờ ở phía trước, hoặc bỏ trống để đăng ngay khi duyệt.", "scheduled_at")  # fmt: skip
    if typed.link and not typed.link.startswith(("https://", "http://")):
        raise InvalidInput("Đường dẫn phải bắt đầu bằng https:// hoặc http://.", "link")
    post.title, post.text, post.link = title[:300], text, typed.link.strip()
    post.hashtags, post.scheduled_at = squash(nfc(typed.hashtags))[:300], typed.scheduled_at


def _choose(post: SocialPost, texts: Mapping[int, str], now: datetime) -> None:
    day = now.astimezone(VIETNAM).date()
    known = {row.pk for row in channels_in_use({post.agency_id}, day)}
    chosen = {pk: nfc(text).replace("\r\n", "\n").strip() for pk, text in texts.items() if pk in known}  # fmt: skip
    if not chosen:
        raise InvalidInput("Chọn ít nhất một tài khoản đã nối của đơn vị.", "channels")
    post.texts.all().delete()
    ChannelText.objects.bulk_create(
        ChannelText(post=post, channel_id=pk, text=text) for pk, text in chosen.items()
    )


@transaction.atomic
def edit_post(
    post: SocialPost, *, actor: Actor, now: datetime, typed: PostTyped, version: int
) -> SocialPost:
    """The draft with what was typed; whoever edits does not approve.

    Raises:
        Conflict: somebody else saved first.
        InvalidInput: as in `draft_post`.
        WrongState: it is no draft.
    """
    post = _at(post, "edit_post", actor)
    if post.version != version:
        raise Conflict("Người khác vừa lưu bài này. Mở lại trang để xem, rồi sửa tiếp.")
    _fill(post, typed, now)
    post.edited_by, post.version = actor.official, post.version + 1
    post.save()
    _choose(post, typed.texts, now)
    ledger.write(post, actor=actor, step="edit_post", at=now, version=post.version)
    return post


@transaction.atomic
def add_picture(
    post: SocialPost, *, actor: Actor, now: datetime, data: bytes, name: str, alt: str
) -> SocialPicture:
    """The picture made anew, with what it shows.

    Raises:
        InvalidInput: no words for it, no picture, or too many.
        WrongState: it is no draft.
    """
    post = _at(post, "edit_post", actor)
    if not squash(alt):
        raise InvalidInput("Ghi một câu nói ảnh cho thấy gì.", "alt")
    if post.pictures.count() >= MOST_PICTURES:
        raise InvalidInput(f"Một bài có nhiều nhất {MOST_PICTURES} ảnh.", "file")
    shown = pictures.remade(data, name)
    last = post.pictures.order_by("-order").first()
    made = SocialPicture.objects.create(
        post=post, blob=pictures.keep(shown), content_type=shown.kind, width=shown.width,
        height=shown.height, alt=squash(nfc(alt))[:300], order=last.order + 1 if last else 0,
    )  # fmt: skip
    _touch(post, actor)
    ledger.write(post, actor=actor, step="add_picture", at=now, blob=made.blob)
    return made


@transaction.atomic
def drop_picture(post: SocialPost, *, actor: Actor, now: datetime, picture: int) -> SocialPost:
    """The draft without that picture."""
    post = _at(post, "edit_post", actor)
    post.pictures.filter(pk=picture).delete()
    _touch(post, actor)
    ledger.write(post, actor=actor, step="drop_picture", at=now)
    return post


def _touch(post: SocialPost, actor: Actor) -> None:
    post.edited_by, post.version = actor.official, post.version + 1
    post.save(update_fields=["edited_by", "version"])


@transaction.atomic
def submit_post(post: SocialPost, *, actor: Actor, now: datetime) -> SocialPost:
    """The draft before those who approve.

    Raises:
        InvalidInput: it goes over the limits of a platform; the sentence says which and by how much.
        WrongState: it is no draft.
    """
    post = _at(post, "submit_post", actor)
    _check_article(post.article)
    _check_limits(post)
    post.submitted_at = now
    return _moved(post, "submit_post", actor, now)


def _check_limits(post: SocialPost) -> None:
    found = faults_of(post)
    if found:
        raise InvalidInput(" ".join(found))


@transaction.atomic
def return_post(post: SocialPost, *, actor: Actor, now: datetime, reason: str) -> SocialPost:
    """The post back with its writer.

    Raises:
        InvalidInput: no reason.
        WrongState: it was not handed in.
    """
    post = _at(post, "return_post", actor)
    if not squash(reason):
        raise InvalidInput("Ghi điều cần sửa.", "reason")
    post.returned_reason = squash(reason)[:500]
    return _moved(post, "return_post", actor, now, reason)


@transaction.atomic
def cancel_post(post: SocialPost, *, actor: Actor, now: datetime, reason: str) -> SocialPost:
    """The post given up.

    Raises:
        InvalidInput: no reason.
        WrongState: it was approved or given up.
    """
    post = _at(post, "cancel_post", actor)
    if not squash(reason):
        raise InvalidInput("Ghi lý do bỏ.", "reason")
    return _moved(post, "cancel_post", actor, now, reason)


@transaction.atomic
def approve_post(post: SocialPost, *, actor: Actor, now: datetime) -> SocialPost:
    """The post on its way: one act for each account, with the text as it now stands.

    Raises:
        NotAllowed: the actor does not approve for the agency, or wrote it.
        InvalidInput: it goes over the limits of a platform.
        WrongState: it was not handed in, or its article does not stand any more.
    """
    post = _at(post, "approve_post", actor)
    if actor.pk in {post.drafted_by_id, post.edited_by_id}:
        raise NotAllowed(FOUR_EYES)
    _check_article(post.article)
    _check_limits(post)
    post.approved_by, post.approved_at = actor.official, now
    post = _moved(post, "approve_post", actor, now)
    for row in post.texts.select_related("channel__account"):
        _act_for(post, row, actor, now)
    return post


def _act_for(post: SocialPost, row: ChannelText, actor: Actor, now: datetime) -> SocialAct:
    limits = limits_of(row.channel.account.platform)
    text = row.text or post.text
    made = composed(post.title, text, post.link, post.hashtags, post.pictures.count(), limits)
    act = SocialAct.objects.create(
        channel=row.channel,
        agency_id=post.agency_id,
        kind=ActKind.POST,
        state=ActState.WAITING,
        post=post,
        marker=secrets.token_hex(16),
        text=made.text,
        link=made.link,
        proposed_by=post.drafted_by,
        proposed_at=post.drafted_at,
        confirmed_by=actor.official,
        confirmed_at=now,
        due_at=max(post.scheduled_at or now, now),
    )
    ledger.write(act, actor=actor, step="plan_act", at=now, kind=act.kind, due=act.due_at.isoformat())  # fmt: skip
    return act


def _at(post: SocialPost, verb: str, actor: Actor) -> SocialPost:
    rows = SocialPost.objects.system(WHY).select_for_update(of=("self",))
    found: SocialPost = rows.select_related("agency", "article").get(pk=post.pk)
    authority.check(actor, verb, found)
    if found.state not in POST_STEPS[verb].sources:
        state = str(found.get_state_display()).lower()
        raise WrongState(f"Bài này {state}. Tải lại trang để xem ai vừa xử lý.")
    return found


def _moved(post: SocialPost, verb: str, actor: Actor, now: datetime, reason: str = "") -> SocialPost:  # fmt: skip
    post.state = PostState(POST_STEPS[verb].target)
    post.version += 1
    post.save()
    told: dict[str, Any] = {"version": post.version}
    ledger.write(post, actor=actor, step=verb, at=now, reason=reason, **told)
    return post
