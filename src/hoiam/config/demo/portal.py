"""The portal of the demonstration: sections, invented news with drawn pictures, reads and ratings, a partner's headlines."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape
from typing import Any, Protocol

from hoiam.agencies.models import Agency
from hoiam.config.demo.drawing import HIGH, WIDE, drawn
from hoiam.config.demo.moments import Now
from hoiam.config.demo.reading import read
from hoiam.core import blobs, search
from hoiam.core.actor import Actor
from hoiam.kit.news import Entry
from hoiam.newsroom.actions import Author, Picture, Snapshot, correct_article, publish_article
from hoiam.newsroom.actions.outages import announce_outage
from hoiam.newsroom.actions.partner_feeds import add_partner_feed, keep_headlines
from hoiam.newsroom.actions.portal_foot import save_portal_foot
from hoiam.newsroom.jobs.searching import every_article
from hoiam.newsroom.models import Article, CountKind, PortalCount, Section
from hoiam.workbench.actions.sections import load_sections

PUBLISHER, KEEPER = "lanh-dao-cuc", "quan-tri"
FACTS = ("number", "dated", "signer", "signer_title")


class Queue(Protocol):
    """Where events are put."""

    def add(self, at: datetime, run: Callable[[datetime], None]) -> None:
        """One more event."""


class PortalPlay:
    """What is published, in the order it was."""

    def __init__(self, clock: Now, actor: Callable[[str, datetime], Actor]) -> None:
        self.clock, self.actor = clock, actor
        self.written = read("portal.yaml")
        self.made: dict[str, Article] = {}

    def schedule(self, queue: Queue) -> None:
        """Every article as an event; the sections stand before the first."""
        load_sections()
        for row in self.written["sections"]:
            Section.objects.get_or_create(slug=row["slug"], defaults=row)
        self.sections = {section.slug: section for section in Section.objects.all()}
        self.agencies = {agency.code: agency for agency in Agency.objects.filter(code__in={row["agency"] for row in self.written["articles"]})}  # fmt: skip
        for row in self.written["articles"]:
            at = self.clock.before(row["at"])
            queue.add(at, lambda then, row=row: self.publish(row, then))
        queue.add(self.clock.before("8d 09:00"), self.partners)
        queue.add(self.clock.before("59d 08:00"), self.foot)

    def publish(self, row: dict[str, Any], at: datetime) -> None:
        """One article."""
        agency = self.agencies.get(row["agency"]) or self.agencies["thads-thanh-giang"]
        snapshot = Snapshot(
            page_key=f"demo:{row['key']}",
            kind=row["kind"],
            agency=agency,
            section=self.sections[row["section"]],
            title=row["title"],
            lead=row.get("lead", ""),
            body="".join(map(_part, row.get("body", ()))),
            byline=row.get("byline", ""),
            authors=[Author(row["byline"], agency_id=agency.pk)] if row.get("byline") else (),
            pictures=_pictures(row),
            theme=row.get("theme"),
            campaign=self.made.get(row.get("campaign", "")),
            extra=_extra(row),
        )
        actor = self.actor(PUBLISHER, at)
        self.made[row["key"]] = publish_article(snapshot, actor=actor, now=at)

    def partners(self, at: datetime) -> None:
        """A partner's feed; its headlines as they were read since."""
        told = self.written["partners"]
        centre = self.agencies["tw"]
        feed = add_partner_feed(centre, actor=self.actor(KEEPER, at), now=at, name=told["name"], url=told["url"])  # fmt: skip
        entries = [
            Entry(
                title=item["title"], summary=item["lead"], link=f"{told['url']}/{number}",
                published_at=self.clock.before(item["at"]),
            )
            for number, item in enumerate(told["items"], start=1)
        ]  # fmt: skip
        keep_headlines(feed, entries, now=self.clock.now)
        starts = self.clock.now + timedelta(days=16)
        announce_outage(
            centre, actor=self.actor(KEEPER, at), now=at, what="Toàn cổng, để nâng cấp máy chủ",
            starts_at=starts, ends_at=starts + timedelta(hours=3),
        )  # fmt: skip

    def foot(self, at: datetime) -> None:
        """Who answers for the portal, at the foot of its pages."""
        keeper = self.actor(KEEPER, at)
        save_portal_foot(self.agencies["tw"], actor=keeper, now=at, **self.written["foot"])

    def finish(self) -> None:
        """One article corrected; what readers did since; the search index."""
        at = self.clock.before("3h")
        corrected = self.made["b-5"]
        correct_article(corrected, actor=self.actor(PUBLISHER, at), now=at, notice="Bài đăng lúc đầu ghi kho có 1.240 món; số đúng là 1.204 món.")  # fmt: skip
        PortalCount.objects.bulk_create(self._counts())
        search.put_many(every_article())

    def _counts(self) -> list[PortalCount]:
        rows = []
        for number, article in enumerate(self.made.values()):
            reads = 40 + (number * 67) % 380
            day = min(article.published_at, self.clock.now).date()
            rows.append(PortalCount(kind=CountKind.READ, place=f"article:{article.pk}", day=day, count=reads))  # fmt: skip
            Article.objects.system("sum of the demonstration's reads").filter(pk=article.pk).update(reads=reads)  # fmt: skip
        for kind, count in ((CountKind.HELPFUL, 84), (CountKind.UNHELPFUL, 9), (CountKind.SEARCH, 213), (CountKind.MISSED, 17)):  # fmt: skip
            rows.append(PortalCount(kind=kind, place="home", day=self.clock.days_ago(3), count=count))  # fmt: skip
        return rows


def _extra(row: dict[str, Any]) -> dict[str, str]:
    extra = {key: row[key] for key in FACTS if key in row}
    return extra | ({"video_url": row["video"]} if "video" in row else {})


def _pictures(row: dict[str, Any]) -> list[Picture]:
    shots = [row] if "scene" in row else []
    return [
        Picture(
            blob=blobs.put(drawn(shot["scene"])).sha256, width=WIDE, height=HIGH, alt=shot["alt"],
            caption=shot.get("caption", ""), credit="Hình vẽ minh họa",
        )
        for shot in [*shots, *row.get("more", ())]
    ]  # fmt: skip


def _part(part: Any) -> str:
    if isinstance(part, str):
        return f"<p>{escape(part)}</p>"
    if "h2" in part:
        return f"<h2>{escape(part['h2'])}</h2>"
    if "quote" in part:
        return f"<blockquote><p>{escape(part['quote'])}</p></blockquote>"
    if "list" in part:
        return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in part['list'])}</ul>"
    head, *rows = part["table"]
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)  # fmt: skip
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
