"""Report rounds of the demonstration: one of the centre that is open, one of the province that is closed and put together."""

from datetime import datetime, time, timedelta
from typing import Any

from hoiam.agencies.actions import create_official
from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import actor_on
from hoiam.config.demo.pdf import pdf_of
from hoiam.config.demo.reading import read
from hoiam.core.actor import Actor
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme import actions
from hoiam.scheme.actions.synthesis_making import make_synthesis
from hoiam.scheme.models import ReportRound, ReportVersion, Scheme, UnitReport
from hoiam.scheme.queries.round_forms import preset

WHY = "the demonstration fills its rounds"
PROVINCE = "thads-thanh-giang"
NOTE = b"%PDF-1.4\n% Danh muc san pham truyen thong (tap huan)\n%%EOF\n"


def report_some(
    agencies: dict[str, Agency], people: dict[str, Official], now: datetime, start: datetime
) -> int:
    """How many reports stand in the two rounds."""
    written = read("rounds.yaml")
    play = _Play(agencies, people, now)
    for row in written["people"]:
        people[row["username"]] = create_official(
            agencies[row["agency"]], actor=None, now=start, username=row["username"],
            full_name=row["full_name"], role=row["role"], title=row["title"],
            email=f"{row['username']}@thanhgiang.example",
        )  # fmt: skip
    play.open(written["open"])
    play.closed(written["closed"])
    rounds = ReportRound.objects.system(WHY).filter(paper_number__in=("88/CTHADS-VP", "41/THADSTG-VP"))  # fmt: skip
    return sum(round_.reports.count() for round_ in rounds)


class _Play:
    """The steps of the rounds, each at its own moment."""

    def __init__(
        self, agencies: dict[str, Agency], people: dict[str, Official], now: datetime
    ) -> None:
        self.agencies, self.people, self.now = agencies, people, now

    def at(self, days: int, hour: int = 9) -> datetime:
        """A morning so many days ago."""
        day = self.now.astimezone(VIETNAM).date() - timedelta(days=days)
        return datetime.combine(day, time(hour), VIETNAM)

    def actor(self, username: str, at: datetime) -> Actor:
        """The person with the posts of that day."""
        return actor_on(self.people[username], at.astimezone(VIETNAM).date())

    def round(
        self, row: dict[str, Any], owner: Agency, who: str, due_in: int, units: list[Agency]
    ) -> ReportRound:
        """A round given out by the owner so many days ago."""
        at = self.at(row["opened"])
        actor = self.actor(who, at)
        chosen = preset(row["form"])
        due = self.now.astimezone(VIETNAM).date() + timedelta(days=due_in)
        made = actions.create_round(
            owner, actor=actor, now=at, form=row["form"], title=row["title"], due_on=due,
            due_kind="before", year=due.year, paper_number=row["paper_number"], paper_on=at.date(),
            review=chosen.review if chosen else "round_synthesis",
            channel=chosen.channel if chosen else "",
            # The round of the centre asks about its scheme task by task.
            scheme=Scheme.objects.system(WHY).filter(owner=owner, kind="scheme").first(),
        )  # fmt: skip
        actions.set_addressees(made, actor=actor, now=at, agencies=units)
        return actions.open_round(made, actor=actor, now=at)

    def report(self, round_: ReportRound, unit: Agency) -> UnitReport:
        """One unit's report in a round."""
        return UnitReport.objects.system(WHY).get(round=round_, agency=unit)

    def open(self, row: dict[str, Any]) -> None:
        """The centre's round: the province has begun to write, with a sum that does not add up yet."""
        province = self.agencies[PROVINCE]
        centre = Agency.objects.get(code="tw")
        round_ = self.round(row, centre, "trung-uong", row["due_in"], [province])
        at = self.at(2)
        actor = self.actor("dau-moi", at)
        report = actions.fill_unit_report(
            self.report(round_, province), actor=actor, now=at, content=row["content"], base={}
        )
        actions.add_annex(
            report, actor=actor, now=at, key="phu-luc", data=NOTE, name="danh-muc-san-pham.pdf",
            kind="application/pdf",
        )  # fmt: skip

    def closed(self, row: dict[str, Any]) -> None:
        """The province's round: in time, returned and sent again, late, missing; then put together."""
        units = [self.agencies[each["unit"]] for each in row["reports"]]
        round_ = self.round(row, self.agencies[PROVINCE], "chanh-vp", -row["due_ago"], units)
        for each in row["reports"]:
            report = self.report(round_, self.agencies[each["unit"]])
            for place, days in enumerate(each.get("sent", ())):
                is_first = place == 0 and "fault" in each
                content = {**each["content"], **({"kho-khan": ""} if is_first else {})}
                report = self._sent(report, each, content, days)
                if is_first:
                    report = actions.return_unit_report(
                        report, actor=self.actor("chanh-vp", self.at(days)), now=self.at(days, 15),
                        fault=each["fault"], reason=each["why"],
                    )  # fmt: skip
        self._scanned(round_)
        at = self.at(row["closed"])
        round_ = actions.close_round(round_, actor=self.actor("chanh-vp", at), now=at)
        at = self.at(row["made"])
        made = actions.ask_synthesis(round_, actor=self.actor("chanh-vp", at), now=at)
        make_synthesis(made, run=made.run, now=at)

    def _scanned(self, round_: ReportRound) -> None:
        """The stamped paper of the first report that came, kept beside it."""
        sent = ReportVersion.objects.filter(report__round=round_).earliest("pk")
        at = sent.received_at
        actions.keep_report_scan(
            sent.report, actor=actor_on(sent.written_by, at.astimezone(VIETNAM).date()), now=at,
            number=sent.number, data=pdf_of("BÁO CÁO\n(bản quét có dấu, tập huấn)"),
            name="bao-cao-co-dau.pdf", kind="application/pdf",
        )  # fmt: skip

    def _sent(
        self, report: UnitReport, row: dict[str, Any], content: dict[str, Any], days: int
    ) -> UnitReport:
        at = self.at(days, 10)
        writer, signer = self.actor(row["writer"], at), self.actor(row["signer"], at)
        report = actions.fill_unit_report(report, actor=writer, now=at, content=content, base={})
        report = actions.submit_unit_report(report, actor=writer, now=at, acknowledged=True)
        return actions.send_unit_report(report, actor=signer, now=at + timedelta(hours=2))
