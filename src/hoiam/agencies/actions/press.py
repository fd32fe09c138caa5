"""The list of press agencies, channels and reporters."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Channel, PressAgency, Reporter
from hoiam.agencies.outlets import StarterOutlet, starter_outlets
from hoiam.agencies.states import MediaType
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.recognition.places import read_rows
from hoiam.kit.vietnamese import person_sort_key, sort_key, squash


@transaction.atomic
def save_press_agency(
    press_agency: PressAgency,
    *,
    actor: Actor,
    now: datetime,
    channels: Iterable[Mapping[str, Any]] = (),
) -> PressAgency:
    """The press agency as saved, with these channels added, or renewed by `pk` or name.

    Raises:
        InvalidInput: no name, or the name is taken.
        NotAllowed: the actor may not edit the press list.
    """
    authority.check(actor, "save_press_agency", press_agency)
    press_agency.name = squash(press_agency.name)
    if not press_agency.name:
        raise InvalidInput("Nhập tên cơ quan báo chí.", "name")
    if PressAgency.objects.filter(name=press_agency.name).exclude(pk=press_agency.pk).exists():
        raise InvalidInput(f"“{press_agency.name}” đã có trong danh bạ.", "name")
    press_agency.sort_key = sort_key(press_agency.name)
    press_agency.save()
    _put_channels(press_agency, channels)
    ledger.write(press_agency, actor=actor, step="save_press_agency", at=now)
    return press_agency


@transaction.atomic
def save_reporter(reporter: Reporter, *, actor: Actor, now: datetime) -> Reporter:
    """The reporter as saved.

    Raises:
        InvalidInput: no name.
        NotAllowed: the actor may not edit the press list.
    """
    authority.check(actor, "save_reporter", PressAgency)
    reporter.full_name = squash(reporter.full_name)
    if not reporter.full_name:
        raise InvalidInput("Nhập họ tên phóng viên.", "full_name")
    reporter.sort_key = person_sort_key(reporter.full_name)
    reporter.save()
    ledger.write(reporter, actor=actor, step="save_reporter", at=now)
    return reporter


@transaction.atomic
def load_press(rows: Iterable[Mapping[str, Any]]) -> int:
    """How many press agencies of a list were new; rows already there keep what people changed.

    Each row: name, owner, press_authority, province_code, fictional?, channels: [{name, media_type, host, period_days?}].
    """
    fresh = 0
    for row in rows:
        fields = {
            key: row.get(key, "") for key in ("owner", "press_authority", "province_code", "email")
        }
        press_agency, made = PressAgency.objects.get_or_create(
            name=row["name"],
            defaults={
                **fields,
                "sort_key": sort_key(row["name"]),
                "fictional": bool(row.get("fictional", False)),
            },
        )
        fresh += made
        if made:
            _put_channels(press_agency, row.get("channels", ()))
    return fresh


def press_rows() -> list[dict[str, Any]]:
    """The starter list as `load_press` takes it: one row for each press agency; portals of the state are no press."""
    codes = {row["name"]: row["code"] for row in read_rows("provinces.csv")}
    found: dict[str, dict[str, Any]] = {}
    for outlet in starter_outlets():
        if not outlet.press_agency:
            continue
        row = found.setdefault(
            outlet.press_agency,
            {
                "name": outlet.press_agency,
                "owner": outlet.owner,
                "province_code": codes.get(outlet.province, ""),
                "channels": [],
            },
        )
        row["channels"].append(
            {"name": outlet.name, "media_type": _media_type(outlet), "host": outlet.key}
        )
    return list(found.values())


def _media_type(outlet: StarterOutlet) -> str:
    return str(MediaType.AGGREGATOR if outlet.scope == "aggregator" else MediaType.ONLINE)


def _put_channels(press_agency: PressAgency, channels: Iterable[Mapping[str, Any]]) -> None:
    """Each channel put in place: the one of that `pk` when given (so that it may be renamed), else by its name."""
    for channel in channels:
        name = squash(channel["name"])
        same = {"pk": channel["pk"]} if channel.get("pk") else {"name": name}
        Channel.objects.update_or_create(
            press_agency=press_agency,
            **same,
            defaults={
                "name": name,
                "media_type": channel["media_type"],
                "host": channel.get("host", "").lower().removeprefix("www."),
                "period_days": channel.get("period_days"),
            },
        )
