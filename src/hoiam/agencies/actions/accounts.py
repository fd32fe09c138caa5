"""Official pages and accounts: each one announced before it may carry information (NĐ 244/2026 Đ5)."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency, OfficialAccount
from hoiam.agencies.states import AccountPlatform
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.vietnamese import squash

LONGEST_ADDRESS = 1000


@transaction.atomic
def save_account(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    platform: str,
    name: str,
    url: str,
    since: date,
) -> OfficialAccount:
    """The page or account on the public list.

    Raises:
        InvalidInput: unknown platform, no name, no web address, or the address is on the list already.
    """
    authority.check(actor, "save_account", agency)
    agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    name, url = squash(name), url.strip()
    if platform not in AccountPlatform.values:
        raise InvalidInput("Chọn nền tảng.", "platform")
    if not name:
        raise InvalidInput("Ghi tên trang hoặc tài khoản như người xem thấy.", "name")
    if not (url.startswith(("https://", "http://")) and len(url) <= LONGEST_ADDRESS):
        raise InvalidInput("Địa chỉ phải bắt đầu bằng https:// hoặc http://.", "url")
    rows = OfficialAccount.objects.system("one entry an address")
    if rows.filter(agency=agency, url=url, until=None).exists():
        raise InvalidInput("Địa chỉ này đã có trong danh sách của cơ quan.", "url")
    made = OfficialAccount.objects.create(
        agency=agency,
        platform=platform,
        name=name,
        url=url,
        since=since,
        saved_by=actor.official,
        saved_at=now,
    )
    ledger.write(made, actor=actor, step="save_account", at=now, agency=agency.code, url=url)
    return made


@transaction.atomic
def end_account(
    account: OfficialAccount, *, actor: Actor, now: datetime, last_day: date
) -> OfficialAccount:
    """The account off the list from that day on.

    Raises:
        InvalidInput: a day before the account was announced.
        WrongState: it was taken off already.
    """
    rows = OfficialAccount.objects.system("reload under lock").select_for_update(of=("self",))
    account = rows.select_related("agency").get(pk=account.pk)
    authority.check(actor, "end_account", account.agency)
    if account.until is not None:
        raise WrongState("Tài khoản này đã được ghi ngừng dùng. Tải lại trang để xem.")
    if last_day < account.since:
        raise InvalidInput("Ngày ngừng dùng không thể trước ngày công bố.", "last_day")
    account.until = last_day
    account.save(update_fields=["until"])
    ledger.write(account, actor=actor, step="end_account", at=now, until=last_day.isoformat())
    return account
