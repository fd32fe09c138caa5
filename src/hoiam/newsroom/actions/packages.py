"""Packages for the press: composed, submitted, approved by somebody else, sent at their hour or cancelled."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.rulebook.defaults import default_number
from hoiam.kit.vietnamese import show_datetime, squash
from hoiam.newsroom.models import (
    Article,
    DistributionList,
    Package,
    PackageArticle,
    PackageDelivery,
    Receiver,
)
from hoiam.newsroom.queries.articles import standing
from hoiam.newsroom.queries.packages import articles_to_send, lists_visible_to
from hoiam.newsroom.states.distribution import PACKAGE_TRANSITIONS, PackageState, ReceiverState

WHY = "the package goes out"
DUE = "package_delivery_due"
CHANGED = "Người khác vừa sửa gói tin này. Nội dung bạn gõ còn nguyên: mở lại trang, so rồi lưu."


@dataclass(frozen=True)
class PackageTyped:
    """A package as typed; articles in the order they are to stand."""

    title: str
    words: str = ""
    articles: Sequence[Article] = ()
    lists: Sequence[DistributionList] = ()
    embargo_until: datetime | None = None
    with_pictures: bool = True


@transaction.atomic
def compose_package(agency: Agency, *, actor: Actor, now: datetime, typed: PackageTyped) -> Package:
    """The new draft.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: no title, an article or a list not in the actor's sight, or too many articles (MD-154).
    """
    authority.check(actor, "compose_package", agency)
    made = Package(agency=agency, drafted_by=actor.official, edited_by=actor.official)
    _fill(made, typed, actor, now)
    ledger.write(made, actor=actor, step="compose_package", at=now, articles=len(typed.articles))
    return made


@transaction.atomic
def edit_package(
    package: Package, *, actor: Actor, now: datetime, typed: PackageTyped, version: int
) -> Package:
    """The draft as now typed.

    Args:
        version: the one the writer saw.

    Raises:
        Conflict: somebody else saved in the meantime.
        NotAllowed, InvalidInput, WrongState: as their names say.
    """
    found = _moved(package, "edit_package", actor)
    if found.version != version:
        raise Conflict(CHANGED)
    found.version += 1
    found.edited_by = actor.official
    _fill(found, typed, actor, now)
    ledger.write(found, actor=actor, step="edit_package", at=now, articles=len(typed.articles))
    return found


def _fill(row: Package, typed: PackageTyped, actor: Actor, now: datetime) -> None:
    row.title = squash(typed.title)[:200]
    if not row.title:
        raise InvalidInput("Đặt tên cho gói tin: đây là dòng tiêu đề thư.", "title")
    most = default_number("MD-154")
    if len(typed.articles) > most:
        raise InvalidInput(f"Một gói không quá {most} bài. Hãy chia thành hai gói.", "articles")
    wanted = [article.pk for article in typed.articles]
    if articles_to_send(actor, now).filter(pk__in=wanted).count() != len(set(wanted)):
        raise InvalidInput("Có bài không còn đang đăng hoặc không gửi được. Chọn lại.", "articles")
    lists = [each.pk for each in typed.lists]
    if lists_visible_to(actor).filter(pk__in=lists, agency=row.agency).count() != len(set(lists)):
        raise InvalidInput("Có danh sách không phải của đơn vị. Chọn lại.", "lists")
    row.words, row.embargo_until = typed.words.strip(), typed.embargo_until
    row.with_pictures, row.changed_at = typed.with_pictures, now
    row.save()
    row.lists.set(lists)
    row.contents.all().delete()
    PackageArticle.objects.bulk_create(
        PackageArticle(package=row, article_id=pk, order=order)
        for order, pk in enumerate(dict.fromkeys(wanted))
    )


@transaction.atomic
def submit_package(package: Package, *, actor: Actor, now: datetime) -> Package:
    """The package waiting for approval by somebody else.

    Raises:
        InvalidInput: no article or nobody to send to.
        NotAllowed, WrongState: as their names say.
    """
    found = _moved(package, "submit_package", actor)
    if not found.contents.exists():
        raise InvalidInput("Gói chưa có bài nào. Chọn bài rồi trình.", "articles")
    if not who_receives(found):
        raise InvalidInput("Danh sách đã chọn chưa có nơi nào đang nhận.", "lists")
    return _saved(found, "submit_package", actor, now, "")


@transaction.atomic
def return_package(package: Package, *, actor: Actor, now: datetime, reason: str) -> Package:
    """The package back with its writer.

    Raises:
        InvalidInput: no reason.
        NotAllowed, WrongState: as their names say.
    """
    found = _moved(package, "return_package", actor)
    return _saved(found, "return_package", actor, now, _given(reason, "Ghi điều cần sửa."))


@transaction.atomic
def approve_package(package: Package, *, actor: Actor, now: datetime) -> Package:
    """The approved package; it goes out at once, or when its hour has come.

    Raises:
        NotAllowed: the actor wrote it, or may not approve.
        WrongState: it does not wait for approval.
    """
    found = _moved(package, "approve_package", actor)
    found.approved_by, found.approved_at = actor.official, now
    made = _saved(found, "approve_package", actor, now, "")
    outbox.post("package_approved", made.pk, at=now)
    return made


@transaction.atomic
def cancel_package(package: Package, *, actor: Actor, now: datetime, reason: str) -> Package:
    """The package that is not sent.

    Raises:
        InvalidInput: no reason.
        NotAllowed, WrongState: as their names say; what was sent cannot be called back, only corrected.
    """
    found = _moved(package, "cancel_package", actor)
    return _saved(found, "cancel_package", actor, now, _given(reason, "Ghi lý do hủy."))


@transaction.atomic
def release_package(package: Package, *, now: datetime) -> Package:
    """The package on its way to everybody on its lists; unchanged when it is not due or another worker was first.

    Articles that no longer stand are left out; when none stands, or nobody receives any more, the package is cancelled.
    """
    rows = Package.objects.system(WHY).select_for_update(of=("self",))
    found: Package = rows.select_related("agency").get(pk=package.pk)
    if found.state != PackageState.APPROVED or is_held(found, now):
        return found
    reached = who_receives(found)
    sent = _mark_sent(found, now)
    if not sent or not reached:
        found.state = PackageState.CANCELLED
        found.reason = "Không còn bài nào đang đăng." if reached else "Không còn nơi nào nhận."
        found.save(update_fields=["state", "reason"])
        ledger.write(
            found, actor=None, step="cancel_package", at=now, reason=found.reason
        )  # fmt: skip
        return found
    found.state, found.sent_at = PackageState.SENT, now
    found.save(update_fields=["state", "sent_at"])
    _queue(found, reached, now)
    ledger.write(
        found, actor=None, step="release_package", at=now, articles=sent, receivers=len(reached)
    )
    return found


def is_held(package: Package, now: datetime) -> bool:
    """Whether its hour has not come."""
    return package.embargo_until is not None and now < package.embargo_until


def _mark_sent(package: Package, now: datetime) -> int:
    standing_ones = standing(now).values("pk")
    count = 0
    for place in package.contents.filter(article__in=standing_ones).select_related("article"):
        place.sent_version = place.article.version
        place.save(update_fields=["sent_version"])
        count += 1
    return count


def who_receives(package: Package) -> list[Receiver]:
    """Who receives it now, each address once however many lists it stands on."""
    rows = Receiver.objects.system(WHY).filter(
        press_list__in=package.lists.system(WHY).values("pk"), state=ReceiverState.ACTIVE
    )
    once = {row.address: row for row in rows.order_by("-pk")}
    return sorted(once.values(), key=lambda row: row.pk)


def _queue(package: Package, reached: Sequence[Receiver], now: datetime) -> None:
    for receiver in reached:
        delivery = PackageDelivery.objects.system(WHY).create(
            package=package, receiver=receiver, token=secrets.token_urlsafe(24), queued_at=now
        )
        outbox.post(DUE, delivery.pk, at=now)


def _moved(package: Package, verb: str, actor: Actor) -> Package:
    rows = Package.objects.system("reload under lock").select_for_update(of=("self",))
    found: Package = rows.select_related("agency").get(pk=package.pk)
    authority.check(actor, verb, found)
    step = PACKAGE_TRANSITIONS[verb]
    if found.state not in step.sources:
        state = str(found.get_state_display()).lower()
        raise WrongState(
            f"Gói tin đang ở tình trạng “{state}”, không làm “{step.label}” được. "
            "Tải lại trang để xem ai vừa xử lý."
        )
    found.state = step.target
    return found


def _saved(found: Package, verb: str, actor: Actor, now: datetime, reason: str) -> Package:
    found.reason, found.changed_at = reason, now
    found.version += 1
    found.save()
    held = show_datetime(found.embargo_until) if found.embargo_until else ""
    ledger.write(found, actor=actor, step=verb, at=now, reason=reason, until=held)
    return found


def _given(reason: str, ask: str) -> str:
    if not squash(reason):
        raise InvalidInput(ask, "reason")
    return squash(reason)[:300]
