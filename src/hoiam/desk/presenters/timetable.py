"""A private calendar written as iCalendar (RFC 5545): the same rows always give the same bytes."""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from django.urls import reverse
from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from hoiam.handling.queries.timetables import Event


def written(events: Iterable[Event], root: str) -> bytes:
    """The calendar of these events; links begin at `root`, whose host makes the ids the world's own."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hồi Âm//Lịch hạn//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Hồi Âm – hạn xử lý")
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    host = urlsplit(root).hostname or "localhost"
    for event in events:
        calendar.add_component(_entry(event, root, host))
    return calendar.to_ical(sorted=True)


def _entry(event: Event, root: str, host: str) -> Entry:
    link = root.rstrip("/") + reverse(event.address, args=[] if event.key is None else [event.key])
    entry = Entry()
    entry.add("uid", f"{event.uid}@{host}")
    entry.add("dtstamp", event.stamp.astimezone(UTC).replace(microsecond=0))
    entry.add("dtstart", event.start.astimezone(UTC))
    entry.add("dtend", event.end.astimezone(UTC))
    entry.add("summary", event.title)
    entry.add("description", "\n".join(part for part in (event.note, link) if part))
    entry.add("url", link)
    entry.add("sequence", event.sequence)
    entry.add("transp", "TRANSPARENT")
    entry.add("class", "PRIVATE")
    for before in event.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.title)
        alarm.add("trigger", -before)
        entry.add_component(alarm)
    return entry
