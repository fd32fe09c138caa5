"""How one sending goes: its letter queued, a push settled, the receiver's page opened, a failed one sent again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.core.mail import outcome_of, queue_mail
from hoiam.core.models import OutgoingMail
from hoiam.newsroom.actions.lists import bury_address
from hoiam.newsroom.actions.package_letters import letter_of
from hoiam.newsroom.actions.packages import DUE
from hoiam.newsroom.models import PackageDelivery, Receiver
from hoiam.newsroom.states.distribution import Means, ReceiverState, SendingState

WHY = "a sending on its way"
S = SendingState
# Someone who left is still told what became of a text they hold; a broken address cannot be.
STILL_TOLD = (ReceiverState.ACTIVE, ReceiverState.LEFT, ReceiverState.REMOVED)


@dataclass(frozen=True)
class Tried:
    """What came of one try of a push: the answer's status, the fault in a sentence, whether another try can help."""

    status: int = 0
    fault: str = ""
    is_final: bool = False


def locked(delivery: PackageDelivery) -> PackageDelivery:
    """The sending under lock with all a letter needs."""
    rows = PackageDelivery.objects.system(WHY).select_for_update(of=("self",))
    found: PackageDelivery = rows.select_related(
        "package__agency", "receiver__press_list", "notice__article__agency", "notice__article__section", "mail"
    ).get(pk=delivery.pk)  # fmt: skip
    return found


@transaction.atomic
def queue_letter(delivery: PackageDelivery, *, now: datetime) -> PackageDelivery:
    """The sending with its letter on the way; a feed has it at once; who may not be written to any more is passed over."""
    found = locked(delivery)
    if found.state != S.QUEUED or found.mail is not None:
        return found
    if not _may_be_told(found):
        return _failed(found, "Nơi nhận đã ngừng nhận trước khi gói tin đi.")
    if found.receiver.means == Means.FEED:
        found.state, found.sent_at = S.SENT, now
        found.save(update_fields=["state", "sent_at"])
        return found
    letter = letter_of(found, now=now)
    (found.mail,) = queue_mail(
        found.receiver.email, letter.subject, letter.text,
        key=f"package:{found.pk}:{found.attempt}", now=now, attachments=letter.attachments,
    )  # fmt: skip
    found.save(update_fields=["mail"])
    return found


def _may_be_told(delivery: PackageDelivery) -> bool:
    state = delivery.receiver.state
    return state == ReceiverState.ACTIVE or (delivery.notice_id is not None and state in STILL_TOLD)


def _failed(delivery: PackageDelivery, fault: str) -> PackageDelivery:
    delivery.state, delivery.fault = S.FAILED, fault[:500]
    delivery.save(update_fields=["state", "fault"])
    return delivery


@transaction.atomic
def compose_again(delivery: PackageDelivery, *, now: datetime) -> bool:
    """Whether a letter that had not been sent was written anew, with the articles as they stand now."""
    found = locked(delivery)
    if found.mail is None or found.state != S.QUEUED:
        return False
    letter = letter_of(found, now=now)
    waiting = OutgoingMail.objects.filter(pk=found.mail.pk, sent_at=None)
    return bool(
        waiting.update(
            text=letter.text, attachments=[list(each) for each in letter.attachments]
        )
    )  # fmt: skip


@transaction.atomic
def follow_letter(delivery: PackageDelivery, *, now: datetime) -> PackageDelivery:
    """The sending as its letter stands; an address the mail server refused is marked broken on its list."""
    found = locked(delivery)
    if found.state != S.QUEUED or found.mail is None:
        return found
    outcome = outcome_of(found.mail)
    if outcome.sent_at is not None:
        found.state, found.sent_at, found.fault = S.SENT, outcome.sent_at, ""
        found.save(update_fields=["state", "sent_at", "fault"])
    elif not outcome.is_open:
        _failed(found, outcome.fault)
        if outcome.is_refused:
            bury_address(found.receiver, outcome.fault, now=now)
    return found


@transaction.atomic
def settle_push(
    delivery: PackageDelivery, tried: Tried, *, now: datetime, most_tries: int
) -> PackageDelivery:
    """The push after one try; what was taken stays taken."""
    found = locked(delivery)
    if found.state != S.QUEUED:
        return found
    found.tries += 1
    found.status, found.fault = tried.status, tried.fault[:500]
    if not tried.fault:
        found.state, found.sent_at = S.SENT, now
    elif tried.is_final or found.tries >= most_tries:
        found.state = S.FAILED
    found.save(update_fields=["tries", "status", "fault", "state", "sent_at"])
    return found


@transaction.atomic
def note_opened(delivery: PackageDelivery, *, now: datetime) -> None:
    """Nothing; the sending counts as opened: its page or a file of it was asked for by the receiver's own link."""
    rows = PackageDelivery.objects.system("opened by its own link").filter(pk=delivery.pk)
    rows.update(
        opens=F("opens") + 1,
        state=S.OPENED,
        last_opened_at=now,
        opened_at=Coalesce("opened_at", Value(now)),
        sent_at=Coalesce("sent_at", Value(now)),
    )
    Receiver.objects.system("opened by its own link").filter(pk=delivery.receiver_id).update(
        last_seen_at=now
    )


@transaction.atomic
def note_fetch(receiver: Receiver, *, now: datetime) -> int:
    """How many sendings the reading of the receiver's own feed opened."""
    Receiver.objects.system("read by its own link").filter(pk=receiver.pk).update(
        fetches=F("fetches") + 1, last_seen_at=now
    )
    rows = PackageDelivery.objects.system("read by its own link").filter(
        receiver=receiver, state=S.SENT, receiver__means=Means.FEED
    )
    return rows.update(state=S.OPENED, opened_at=now, last_opened_at=now, opens=F("opens") + 1)


@transaction.atomic
def send_again(delivery: PackageDelivery, *, actor: Actor, now: datetime) -> PackageDelivery:
    """A failed sending on its way again, to the address as it now stands.

    Raises:
        NotAllowed: the actor may not.
        WrongState: it has not failed, or its receiver's address is broken or receives no more.
    """
    found = locked(delivery)
    authority.check(actor, "send_again", found.package)
    if found.state != S.FAILED:
        raise WrongState("Chỉ gửi lại lượt không gửi được. Tải lại trang để xem kết quả.")
    if found.receiver.state == ReceiverState.DEAD:
        raise WrongState("Địa chỉ này hỏng. Sửa địa chỉ ở danh sách nơi nhận rồi gửi lại.")
    if not _may_be_told(found):
        raise WrongState("Nơi này đã ngừng nhận nên không gửi lại.")
    found.state, found.fault, found.mail = S.QUEUED, "", None
    found.attempt, found.tries, found.queued_at = found.attempt + 1, 0, now
    found.save()
    outbox.post(DUE, found.pk, at=now)
    ledger.write(
        found.package, actor=actor, step="send_again", at=now, name=found.receiver.name
    )  # fmt: skip
    return found
