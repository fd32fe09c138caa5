"""Accounts and posts."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from hoiam.agencies.models import Agency, Official, Post
from hoiam.agencies.states import Role
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import VIETNAM, person_sort_key, squash


@transaction.atomic
def create_official(
    agency: Agency,
    *,
    actor: Actor | None,
    now: datetime,
    username: str,
    full_name: str,
    role: str,
    title: str = "",
    email: str = "",
    phone: str = "",
    password: str | None = None,
    valid_to: date | None = None,
    matter: str = "",
) -> Official:
    """The new account with its first post at the agency, from today on.

    Args:
        actor: the administrator, or None for the command line, which whoever holds the machine may use.

    Raises:
        InvalidInput: the sign-in name is taken or blank, or the password is too weak.
        NotAllowed: the actor may not add people here.
    """
    if actor is not None:
        authority.check(actor, "create_official", agency)
    username, full_name = username.strip().lower(), squash(full_name)
    if not username or not full_name:
        raise InvalidInput("Nhập tên đăng nhập và họ tên.", "username")
    if Official.objects.filter(username=username).exists():
        raise InvalidInput(
            f"Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác.", "username"
        )
    official = Official(
        username=username,
        full_name=full_name,
        sort_key=person_sort_key(full_name),
        email=email,
        phone=phone,
    )
    _put_password(official, password)
    official.save()
    ledger.write(
        official, actor=actor, step="create_official", at=now, agency=agency.code, role=role
    )
    give_post(
        agency,
        actor=actor,
        now=now,
        official=official,
        role=role,
        title=title,
        valid_to=valid_to,
        matter=matter,
    )
    return official


def _put_password(official: Official, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, official)
        except ValidationError as error:
            raise InvalidInput(" ".join(error.messages), "password") from error
    official.set_password(password)


@transaction.atomic
def set_password(
    official: Official, *, actor: Actor | None, now: datetime, password: str
) -> Official:
    """The account with a new password; other sessions end by themselves.

    Raises:
        InvalidInput: the password is too weak; the sentence says why.
    """
    if actor is not None:
        authority.check(actor, "change_official", official)
    _put_password(official, password)
    official.save(update_fields=["password"])
    ledger.write(official, actor=actor, step="set_password", at=now)
    return official


@transaction.atomic
def change_official(
    official: Official, *, actor: Actor, now: datetime, **fields: object
) -> Official:
    """The account with changed contact data, use or settings (`email`, `phone`, `is_active`, `shortcuts`).

    Raises:
        NotAllowed: the actor is neither the person nor an administrator.
    """
    authority.check(actor, "change_official", official)
    allowed = {"email", "phone", "is_active", "shortcuts"}
    if not fields.keys() <= allowed:
        raise ValueError(f"not changeable: {fields.keys() - allowed}")
    for name, value in fields.items():
        setattr(official, name, value)
    official.save(update_fields=list(fields))
    ledger.write(official, actor=actor, step="change_official", at=now, fields=sorted(fields))
    return official


@transaction.atomic
def give_post(
    agency: Agency,
    *,
    actor: Actor | None,
    now: datetime,
    official: Official,
    role: str,
    title: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    matter: str = "",
) -> Post:
    """The new post.

    Raises:
        InvalidInput: unknown role; dates the wrong way round; an authorised spokesperson without matter or end
            (NĐ 244/2026 Đ3.5–6: per matter, limited in time).
    """
    if actor is not None:
        authority.check(actor, "give_post", agency)
    start = valid_from or now.astimezone(VIETNAM).date()
    if role not in Role.values:
        raise InvalidInput(f"Không có vai trò “{role}”.", "role")
    if valid_to is not None and valid_to < start:
        raise InvalidInput("Ngày kết thúc phải sau ngày bắt đầu.", "valid_to")
    if role == Role.AUTHORISED_SPOKESPERSON and not (matter and valid_to):
        raise InvalidInput(
            "Ủy quyền phát ngôn phải ghi vụ việc và ngày hết hạn (NĐ 244/2026 Điều 3 khoản 5, 6).",
            "matter",
        )
    post = Post.objects.create(
        official=official,
        agency=agency,
        role=role,
        title=title,
        valid_from=start,
        valid_to=valid_to,
        matter=matter,
    )
    ledger.write(post, actor=actor, step="give_post", at=now, official=official.username, role=role)
    return post


@transaction.atomic
def end_post(post: Post, *, actor: Actor, now: datetime, last_day: date) -> Post:
    """The post with its last day.

    Raises:
        InvalidInput: the last day lies before the first.
    """
    authority.check(actor, "end_post", post.agency)
    if last_day < post.valid_from:
        raise InvalidInput("Ngày kết thúc phải sau ngày bắt đầu.", "last_day")
    post.valid_to = last_day
    post.save(update_fields=["valid_to"])
    ledger.write(post, actor=actor, step="end_post", at=now, last_day=last_day.isoformat())
    return post
