"""The starter list of outlets: whom they serve and where they probably are. No address was checked when it was written."""

import csv
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from hoiam.agencies.states import MediaType
from hoiam.kit.recognition.places import read_rows

# Words for people, in the order pages show them.
SCOPES = {
    "central": "Báo trung ương",
    "legal": "Báo, tạp chí pháp luật",
    "local": "Báo địa phương",
    "radio_tv": "Phát thanh, truyền hình",
    "magazine": "Tạp chí",
    "aggregator": "Trang tổng hợp",
    "portal": "Cổng thông tin cơ quan nhà nước",
}


@dataclass(frozen=True)
class StarterOutlet:
    """One row of `data/outlets.csv`; empty where nobody was sure. `checked` is "no" until a person proved the address."""

    key: str
    name: str
    press_agency: str
    scope: str
    province: str
    former_province: str
    site: str
    site_confidence: str
    feed: str
    feed_confidence: str
    owner: str
    checked: str

    @property
    def address(self) -> str:
        """Where the first reading tries: the feed when one is supposed, else the site."""
        return self.feed or self.site

    @property
    def confidence(self) -> str:
        """How sure the address is: B well known, C may have moved, U a guess."""
        return self.feed_confidence or self.site_confidence


@cache
def starter_outlets() -> tuple[StarterOutlet, ...]:
    """The whole list in the file's order."""
    text = files("hoiam.agencies").joinpath("data/outlets.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    names = [one.name for one in fields(StarterOutlet)]
    return tuple(
        StarterOutlet(**{name: row[name] for name in names}) for row in csv.DictReader(lines)
    )


def press_rows() -> list[dict[str, Any]]:
    """The list as `load_press` takes it: one row for each press agency; portals of the state are no press."""
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
    return MediaType.AGGREGATOR if outlet.scope == "aggregator" else MediaType.ONLINE
