"""Which channel a report came from and where its outlet is at home, by its address, else by the outlet's name."""

from collections.abc import Mapping
from functools import cache, cached_property

from hoiam.agencies.models import Channel
from hoiam.agencies.outlets import home_of, hosts_of, outlet_key, press_name
from hoiam.agencies.states import MediaType
from hoiam.kit.recognition.places import read_rows, today_of
from hoiam.monitoring.states import Medium

WEB: frozenset[MediaType] = frozenset(
    {MediaType.ONLINE, MediaType.NETWORK_CHANNEL, MediaType.AGGREGATOR}
)
ANY = frozenset(MediaType)
# The kind of channel decides the law's clocks: a printed report is not laid to the web site of its paper.
OF_MEDIUM: Mapping[str, frozenset[MediaType]] = {
    str(Medium.WEB): WEB,
    str(Medium.PRINT): frozenset(
        {MediaType.DAILY_PRINT, MediaType.WEEKLY_PRINT, MediaType.MAGAZINE}
    ),
    str(Medium.RADIO): frozenset({MediaType.RADIO}),
    str(Medium.TELEVISION): frozenset({MediaType.TELEVISION}),
    str(Medium.SOCIAL): frozenset(),  # the name of an account is no proof
}


class OutletBook:
    """The channels of the house by host and by name: read once, in one query, when the first report asks."""

    def __init__(self) -> None:
        # Every report passes here, and most of a batch come from a few sites.
        self._met: dict[tuple[str, str, str], int | None] = {}

    def channel(self, url: str, outlet: str, medium: str = "") -> int | None:
        """The key of the channel a report came from, or None when it is not known or not the only one.

        Args:
            url: its address; the host tells before the name does, but where a medium is said only of channels of that medium:
                what was aired may lie on the web site of the station too.
            outlet: the name as printed.
            medium: where a person clipped it from; blank where nobody said so.
        """
        site = "/".join(url.split("/", 3)[:3]) if _is_web(url) else ""
        key = (site, outlet, medium)
        if key not in self._met:
            self._met[key] = self._channel(*key)
        return self._met[key]

    def _channel(self, site: str, outlet: str, medium: str) -> int | None:
        hosts = hosts_of(site) if site else ()
        of_site = next((self._by_host[host] for host in hosts if host in self._by_host), [])
        fitting = [pk for pk, kind, _ in of_site if kind in OF_MEDIUM.get(medium, ANY)]
        if fitting:
            return fitting[-1]
        press = of_site[0][2] if of_site else ""
        name = outlet_key(press_name(site, outlet or press))
        kinds = OF_MEDIUM.get(medium, WEB if hosts else ANY)
        found = [pk for pk, kind in self._by_name.get(name, {}).items() if kind in kinds]
        return found[0] if len(found) == 1 else None

    def home(self, given: str, url: str, outlet: str, channel_id: int | None = None) -> str:
        """The home province of a report's outlet, "" when it has none or nobody knows.

        Args:
            given: what the source says; it wins, but where the list of outlets knows which part of that province of today
                the paper served before the mergers, that part is given: it tells the province of today as well.
        """
        known = home_of(url if _is_web(url) else "", outlet)
        if given:
            return known if known and today_of(known) == given else given
        return known or self._homes.get(channel_id, "")

    @cached_property
    def _rows(self) -> list[tuple[int, str, str, str, str, str]]:
        wanted = ("pk", "host", "name", "media_type")
        of_press = ("press_agency__name", "press_agency__province_code")
        return list(Channel.objects.order_by("name", "pk").values_list(*wanted, *of_press))

    @cached_property
    def _by_host(self) -> dict[str, list[tuple[int, str, str]]]:
        """The channels at a host, each with its kind and its press agency: a paper and its site may share one."""
        found: dict[str, list[tuple[int, str, str]]] = {}
        for pk, host, _, kind, press, _ in self._rows:
            if host:
                found.setdefault(host, []).append((pk, kind, press))
        return found

    @cached_property
    def _by_name(self) -> dict[str, dict[int, str]]:
        """The kinds of the channels that bear a name or whose press agency does, by name and key."""
        found: dict[str, dict[int, str]] = {}
        for pk, _, name, kind, press, _ in self._rows:
            for one in {outlet_key(name), outlet_key(press)} - {""}:
                found.setdefault(one, {})[pk] = kind
        return found

    @cached_property
    def _homes(self) -> dict[int | None, str]:
        names = _provinces_by_code()
        return {pk: names[code] for pk, *_, code in self._rows if code in names}


def _is_web(url: str) -> bool:
    return url[:4].lower() == "http"


@cache
def _provinces_by_code() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_rows("provinces.csv")}
