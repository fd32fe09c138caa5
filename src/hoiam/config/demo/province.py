"""The fictional province: agencies, people, press and sources."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache

from hoiam.agencies.actions import create_official, load_press
from hoiam.agencies.models import Agency, Official, PressAgency, Reporter, Succession
from hoiam.agencies.queries import TREE_KEY
from hoiam.config.demo.moments import Now
from hoiam.config.demo.reading import outlets, read
from hoiam.kit.vietnamese import VIETNAM, person_sort_key, sort_key
from hoiam.monitoring.actions.sources import save_source
from hoiam.monitoring.models import Item, Source, SourceDay
from hoiam.monitoring.states import SourceKind

PASSWORD: str = read("province.yaml")["password"]
USERS: dict[str, str] = {row["username"]: row["what"] for row in read("province.yaml")["people"]}


def make_agencies() -> dict[str, Agency]:
    """The fictional agencies by code, and the real ones their rows point to."""
    made: dict[str, Agency] = {}
    for row in read("province.yaml")["agencies"]:
        parent = row.get("parent")
        made[row["code"]] = Agency.objects.create(
            code=row["code"],
            name=row["name"],
            full_name=row["full_name"],
            sort_key=sort_key(row["name"]),
            level=row["level"],
            province=row["province"],
            parent=made.get(parent) or Agency.objects.filter(code=parent or "").first(),
            valid_from=row.get("valid_from"),
            valid_to=row.get("valid_to"),
            districts=row.get("districts", []),
            seat=row.get("seat", ""),
            symbol=row.get("symbol", ""),
            email=row.get("email", ""),
            fictional=True,
        )
    for row in read("province.yaml")["agencies"]:
        for before in row.get("follows", ()):
            Succession.objects.create(
                predecessor=made[before],
                successor=made[row["code"]],
                since=made[row["code"]].valid_from,
            )
    cache.delete(TREE_KEY)
    return made


def make_people(agencies: dict[str, Agency], start: datetime) -> dict[str, Official]:
    """The officials by sign-in name, with posts held since before the first news; one password for all."""
    validate_password(PASSWORD)
    # Hashed once: a slow hash for each account would take most of the loading.
    secret = make_password(PASSWORD)
    made = {}
    for row in read("province.yaml")["people"]:
        agency = agencies.get(row["agency"]) or Agency.objects.get(code=row["agency"])
        made[row["username"]] = create_official(
            agency,
            actor=None,
            now=start,
            username=row["username"],
            full_name=row["full_name"],
            role=row["role"],
            title=row["title"],
            email=f"{row['username']}@thanhgiang.example",
            phone=row.get("phone", ""),
        )
    Official.objects.filter(username__in=made).update(password=secret)
    return {official.username: official for official in Official.objects.filter(username__in=made)}


def make_press() -> None:
    """The fictional press agencies, channels and reporters."""
    rows: list[dict[str, Any]] = read("province.yaml")["press"]
    load_press([{**row, "fictional": True} for row in rows])
    for row in rows:
        press = PressAgency.objects.get(name=row["name"])
        for name in row.get("reporters", ()):
            Reporter.objects.create(
                full_name=name,
                sort_key=person_sort_key(name),
                press_agency=press,
                email=f"toasoan@{row['channels'][0]['host'] or 'baochi.example'}",
                note="Hư cấu, chỉ để tập huấn",
            )


def make_sources(start: datetime) -> dict[str, Source]:
    """Paused sources by outlet: nothing is ever fetched from an address that does not exist."""
    made = {}
    for key, outlet in outlets().items():
        if outlet.get("feed"):
            made[key] = save_source(
                Source(
                    name=f"{outlet['name']} – {outlet['feed']}",
                    kind=SourceKind.FEED,
                    url=f"https://{outlet['host']}/rss/{key}.rss",
                    home_province=outlet["province"],
                    is_paused=True,
                    pause_reason="Dữ liệu tập huấn: báo này không có thật nên không đọc.",
                    fictional=True,
                ),
                actor=None,
                now=start,
            )
    return made


def note_readings(sources: dict[str, Source], clock: Now, kept: dict[str, int]) -> None:
    """Give each source the counts of what was taken in, and one of them its silence."""
    silent = read("province.yaml")["silent"]
    for number, (key, source) in enumerate(sources.items()):
        source.kept = source.fetched = kept.get(key, 0)
        source.seen = source.kept * 14 + number * 37
        is_silent = key == silent["outlet"]
        last = clock.before(silent["since"]) if is_silent else _last_read(clock, number)
        source.last_new_at = last
        source.last_tried_at = source.last_success_at = _last_read(clock, number)
        source.usual_gap_seconds = 7200 + 1800 * number
        source.silent_since = last if is_silent else None
    Source.objects.bulk_update(
        sources.values(),
        [
            "kept",
            "fetched",
            "seen",
            "last_new_at",
            "last_tried_at",
            "last_success_at",
            "usual_gap_seconds",
            "silent_since",
        ],
    )


def note_days() -> None:
    """Give each source the ledger of the days on which something was taken in."""
    given: dict[tuple[int, date], list[int]] = {}
    for source, at in Item.objects.exclude(source=None).order_by().values_list("source", "at"):
        local = at.astimezone(VIETNAM)
        given.setdefault((source, local.date()), []).append(local.hour)
    SourceDay.objects.bulk_create(
        SourceDay(
            source_id=source, day=day, readings=96, seen=len(hours) * 14, fetched=len(hours),
            kept=len(hours), hours=sum(1 << hour for hour in set(hours)),
        )
        for (source, day), hours in given.items()
    )  # fmt: skip


def _last_read(clock: Now, number: int) -> datetime:
    return clock.now - timedelta(minutes=4 + 3 * number)


def hosts(keys: Iterable[str]) -> dict[str, str]:
    """The host of each outlet, or one of the press agency's other channels where it has none of its own."""
    return {key: outlets()[key]["host"] or "baochi.example" for key in keys}
