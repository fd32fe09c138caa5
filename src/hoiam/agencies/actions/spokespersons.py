"""Appointing spokespersons: the decision recorded, the post given, the card shown, the duty to publish opened."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.actions.files import SentFile, keep
from hoiam.agencies.actions.publications import drop_publication, open_publication
from hoiam.agencies.models import Agency, Official, Post, Publication, Spokesperson
from hoiam.agencies.queries import in_force
from hoiam.agencies.states import Role, SpokespersonKind
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.rulebook import NotInForce, SpeakingLaw, speaking_law
from hoiam.kit.vietnamese import VIETNAM, show_date, squash

PUBLISH = "PN-03"
CARD = (("title", "chức vụ"), ("phone", "số điện thoại"), ("email", "thư điện tử công vụ"))


@transaction.atomic
def appoint_spokesperson(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    official: Official,
    kind: str,
    title: str,
    phone: str,
    email: str,
    decided_at: datetime,
    valid_from: date,
    valid_to: date | None = None,
    decision: str = "",
    signer: str = "",
    file: SentFile | None = None,
    is_listed: bool = True,
    reason: str = "",
) -> Spokesperson:
    """The appointment, with the post it gives; a permanent spokesperson's name is to be published (NĐ 244/2026 Đ3.3).

    Args:
        decided_at: when the decision was signed; starts the 24 hours.
        reason: why a regional office has one of its own, where the product's default says none.

    Raises:
        Conflict: the agency has a permanent spokesperson in these days.
        InvalidInput: something is missing, dates contradict each other, or the law of the day knows no such kind here.
    """
    authority.check(actor, "appoint_spokesperson", agency)
    # Two who appoint at once: the second waits here and then sees the first's.
    agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if kind not in SpokespersonKind.values:
        raise InvalidInput("Chọn người đứng đầu hoặc người phát ngôn thường xuyên.", "kind")
    card = {"title": squash(title), "phone": squash(phone), "email": email.strip()}
    _check_card(card)
    _check_days(decided_at, valid_from, valid_to, now)
    _check_law(agency, kind, valid_from, reason)
    _check_person(agency, official, kind, actor, decision, signer, valid_from, valid_to)
    blob, name = keep(file)
    made = Spokesperson.objects.create(
        agency=agency,
        official=official,
        kind=kind,
        **card,
        decision=squash(decision),
        decided_at=decided_at,
        signer=squash(signer),
        decision_blob=blob,
        decision_name=name,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason.strip(),
        is_listed=is_listed,
        post=_post(agency, official, card["title"], valid_from, valid_to, kind),
        appointed_by=actor.official,
        appointed_at=now,
        changed_at=now,
    )
    open_publication(
        agency,
        card={"name": official.full_name, **card},
        rule=PUBLISH if kind == SpokespersonKind.PERMANENT else "",
        started_at=decided_at,
        spokesperson=made,
    )
    ledger.write(
        made,
        actor=actor,
        step="appoint_spokesperson",
        at=now,
        reason=made.reason,
        agency=agency.code,
        official=official.username,
        kind=str(kind),
        decision=made.decision,
    )
    return made


def _check_card(card: dict[str, str]) -> None:
    for name, words in CARD:
        if not card[name]:
            raise InvalidInput(
                f"Ghi {words}: thẻ công khai phải có đủ họ tên, chức vụ, số điện thoại, thư điện tử công vụ.",
                name,
            )
    if sum(letter.isdigit() for letter in card["phone"]) < 8:
        raise InvalidInput("Số điện thoại không đủ chữ số.", "phone")


def _check_days(
    decided_at: datetime, valid_from: date, valid_to: date | None, now: datetime
) -> None:
    if decided_at > now:
        raise InvalidInput(
            "Thời điểm ký quyết định không thể ở phía trước. Kiểm tra lại ngày giờ.", "decided_at"
        )
    if valid_from < decided_at.astimezone(VIETNAM).date():
        raise InvalidInput("Không giao nhiệm vụ từ trước ngày ký quyết định.", "valid_from")
    if valid_to is not None and valid_to < valid_from:
        raise InvalidInput("Ngày kết thúc phải sau ngày bắt đầu.", "valid_to")


def _check_law(agency: Agency, kind: str, day: date, reason: str) -> None:
    law = _law(agency, day)
    if kind in law.kinds or (law.default and reason.strip()):
        return
    if law.default:
        raise InvalidInput(
            f"{agency} mặc định không có người phát ngôn riêng (mặc định sản phẩm {law.default}). "
            "Nếu cấp trên đã quyết định khác, hãy ghi căn cứ.",
            "reason",
        )
    raise InvalidInput(
        f"Theo {law.source}, ngày {show_date(day)} cơ quan cấp này chỉ có thủ trưởng, hoặc cấp phó được ủy quyền, "
        "phát ngôn. Chọn ngày bắt đầu từ 01/7/2026.",
        "valid_from",
    )


def _law(agency: Agency, day: date) -> SpeakingLaw:
    try:
        return speaking_law(agency.level, day)
    except NotInForce as error:
        raise InvalidInput(str(error), "valid_from") from error


def _check_person(
    agency: Agency,
    official: Official,
    kind: str,
    actor: Actor,
    decision: str,
    signer: str,
    valid_from: date,
    valid_to: date | None,
) -> None:
    if not official.is_active:
        raise InvalidInput("Tài khoản của người này đã khóa.", "official")
    if kind == SpokespersonKind.HEAD:
        heads = Post.objects.filter(in_force(valid_from), agency=agency, role=Role.HEAD)
        if not heads.filter(official=official).exists():
            raise InvalidInput(
                f"{official} không giữ chức vụ thủ trưởng của {agency} ngày {show_date(valid_from)}.",
                "official",
            )
    else:
        if official.pk == actor.pk:
            raise InvalidInput(
                "Không tự ghi việc giao cho chính mình. Nhờ thủ trưởng hoặc quản trị ghi.",
                "official",
            )
        for value, field, words in (
            (decision, "decision", "số quyết định"),
            (signer, "signer", "người ký quyết định"),
        ):
            if not value.strip():
                raise InvalidInput(f"Ghi {words}.", field)
    _refuse_second(agency, official, kind, valid_from, valid_to)


def _refuse_second(
    agency: Agency, official: Official, kind: str, valid_from: date, valid_to: date | None
) -> None:
    rows = Spokesperson.objects.system("one at a time").filter(agency=agency, kind=kind)
    rows = rows.exclude(valid_to__lt=valid_from)
    if valid_to is not None:
        rows = rows.filter(valid_from__lte=valid_to)
    other = rows.select_related("official").first()
    if other is not None:
        until = f"đến {show_date(other.valid_to)}" if other.valid_to else "chưa có ngày kết thúc"
        raise Conflict(
            f"{agency} đã có {other.get_kind_display().lower()}: {other.official} "
            f"(từ {show_date(other.valid_from)}, {until}). Kết thúc lần giao đó trước."
        )


def _post(
    agency: Agency,
    official: Official,
    title: str,
    valid_from: date,
    valid_to: date | None,
    kind: str,
) -> Post | None:
    """The post that carries the right to speak: the one already held from that day, else a new one; a head has his."""
    if kind == SpokespersonKind.HEAD:
        return None
    held = Post.objects.filter(
        in_force(valid_from),
        official=official,
        agency=agency,
        role=Role.SPOKESPERSON,
        appointment=None,
    ).first()
    return held or Post.objects.create(
        official=official,
        agency=agency,
        role=Role.SPOKESPERSON,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
    )


@transaction.atomic
def end_spokesperson(
    spokesperson: Spokesperson, *, actor: Actor, now: datetime, last_day: date, reason: str
) -> Spokesperson:
    """The appointment with its last day; the post ends with it, and a name not yet published need not be any more.

    Raises:
        InvalidInput: no reason, or a last day before the first.
        WrongState: somebody has ended it already.
    """
    spokesperson = locked(spokesperson)
    authority.check(actor, "end_spokesperson", spokesperson)
    if spokesperson.ended_at is not None:
        raise WrongState("Lần giao này đã được kết thúc. Tải lại trang để xem.")
    if not reason.strip():
        raise InvalidInput("Ghi lý do kết thúc, số quyết định nếu có.", "reason")
    if last_day < spokesperson.valid_from:
        raise InvalidInput("Ngày cuối không thể trước ngày bắt đầu.", "last_day")
    spokesperson.valid_to, spokesperson.end_reason = last_day, reason.strip()
    spokesperson.ended_by, spokesperson.ended_at = actor.official, now
    spokesperson.changed_at = now
    spokesperson.save(
        update_fields=["valid_to", "end_reason", "ended_by", "ended_at", "changed_at"]
    )
    if spokesperson.post is not None:
        spokesperson.post.valid_to = last_day
        spokesperson.post.save(update_fields=["valid_to"])
    if last_day <= now.astimezone(VIETNAM).date():
        duty = Publication.objects.system("ends with the appointment")
        for publication in duty.filter(spokesperson=spokesperson):
            drop_publication(publication)
    ledger.write(
        spokesperson,
        actor=actor,
        step="end_spokesperson",
        at=now,
        reason=spokesperson.end_reason,
        last_day=last_day.isoformat(),
    )
    return spokesperson


@transaction.atomic
def list_spokesperson(
    spokesperson: Spokesperson, *, actor: Actor, now: datetime, is_listed: bool
) -> Spokesperson:
    """The card on the public list, or taken off it."""
    spokesperson = locked(spokesperson)
    authority.check(actor, "list_spokesperson", spokesperson)
    spokesperson.is_listed, spokesperson.changed_at = is_listed, now
    spokesperson.save(update_fields=["is_listed", "changed_at"])
    ledger.write(spokesperson, actor=actor, step="list_spokesperson", at=now, is_listed=is_listed)
    return spokesperson


@transaction.atomic
def change_card(
    spokesperson: Spokesperson, *, actor: Actor, now: datetime, title: str, phone: str, email: str
) -> Spokesperson:
    """The card with other office, telephone or e-mail; the public list shows them at once.

    Raises:
        InvalidInput: a part is blank.
    """
    spokesperson = locked(spokesperson)
    authority.check(actor, "change_card", spokesperson)
    card = {"title": squash(title), "phone": squash(phone), "email": email.strip()}
    _check_card(card)
    before = {name: getattr(spokesperson, name) for name in card}
    for name, value in card.items():
        setattr(spokesperson, name, value)
    spokesperson.changed_at = now
    spokesperson.save(update_fields=[*card, "changed_at"])
    rows = Publication.objects.system("the page must show the new card")
    for publication in rows.filter(spokesperson=spokesperson, state="open"):
        publication.card = {**publication.card, **card}
        publication.save(update_fields=["card"])
    ledger.write(spokesperson, actor=actor, step="change_card", at=now, before=before, after=card)
    return spokesperson


def locked(spokesperson: Spokesperson) -> Spokesperson:
    """The appointment reloaded under lock, so that a stale copy is safe."""
    rows = Spokesperson.objects.system("reload under lock").select_for_update(of=("self",))
    return rows.select_related("agency", "official", "post").get(pk=spokesperson.pk)
