"""Schemes that ship with the product: facts of a published decision, entered as a draft at one press."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import VIETNAM, nfc
from hoiam.scheme.actions.scheme_values import SchemeFields, TaskFields
from hoiam.scheme.actions.schemes import create_scheme
from hoiam.scheme.models import Scheme
from hoiam.scheme.queries.timing import timing_of
from hoiam.scheme.queries.units import Register, parts_meant

DAYS = ("issued_on", "starts_on", "ends_on")


@cache
def ready_schemes() -> Mapping[str, dict[str, Any]]:
    """Every scheme that ships with the product by key, with its source and confidence."""
    folder = files("hoiam.scheme") / "data" / "schemes"
    found = (
        yaml_of(nfc(path.read_text("utf-8")))
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".yaml")
    )
    return {str(row["key"]): row for row in found}


@transaction.atomic
def load_ready_scheme(owner: Agency, *, actor: Actor, now: datetime, key: str) -> Scheme:
    """The draft of a scheme that ships with the product, all tasks with who of the System answers today.

    Raises:
        Conflict: the agency has a scheme of this number already.
        InvalidInput: none has this key.
    """
    authority.check(actor, "load_ready_scheme", owner)
    written = ready_schemes().get(key)
    if written is None:
        raise InvalidInput("Không có Đề án soạn sẵn này.")
    head = written["scheme"]
    # The agency's row is locked, so that two presses at once make one scheme.
    Agency.objects.select_for_update().get(pk=owner.pk)
    there = Scheme.objects.system("one scheme of a number at an agency")
    if there.filter(owner=owner, number=head["number"]).exists():
        raise Conflict(f"{head['short']} đã có trong danh sách. Hãy mở bản đó.")
    days = {name: date.fromisoformat(head[name]) for name in DAYS}
    register = Register(days["issued_on"], now.astimezone(VIETNAM).date())
    return create_scheme(
        owner,
        actor=actor,
        now=now,
        fields=SchemeFields(**{**head, **days}),
        themes=written["themes"],
        tasks=[_task(row, register) for row in written["tasks"]],
    )


def _task(row: dict[str, Any], register: Register) -> TaskFields:
    return TaskFields(
        ref=row["ref"],
        group=row["group"],
        title=row["title"],
        products=tuple(row["products"]),
        time=row["time"],
        lead=row["lead"],
        coordinating=tuple(row["coordinating"]),
        units=tuple(parts_meant(register, row["lead"], row["coordinating"])),
        **vars(timing_of(row["time"])),
    )
