"""Texts of the fictional agencies in the workbench, one in each state an editor meets; what stands on the portal follows."""

from dataclasses import dataclass
from datetime import timedelta

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import actor_on
from hoiam.config.demo.moments import Now
from hoiam.config.demo.reading import read
from hoiam.core.actor import Actor
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.actions import correct_article, withdraw_article
from hoiam.newsroom.models import Article, Section
from hoiam.workbench.actions import approve_text, branch_for, return_text, send_for_review
from hoiam.workbench.actions.sections import load_sections
from hoiam.workbench.models import KINDS, Review

MODELS = {kind.kind: kind for kind in KINDS}


@dataclass
class Editing:
    """What the play of the workbench stands on."""

    clock: Now
    agencies: dict[str, Agency]
    people: dict[str, Official]

    def run(self) -> int:
        """How many texts were made: drafts, waiting, given back, set for an hour, standing, corrected, withdrawn."""
        load_sections()
        rows = read("editing.yaml")["texts"]
        for row in rows:
            self._play(row)
        return len(rows)

    def _actor(self, name: str) -> Actor:
        return actor_on(self.people[name], self.clock.now.astimezone(VIETNAM).date())

    def _play(self, row: dict) -> None:
        at = self.clock.now - timedelta(days=row["days_ago"])
        page = self._page(row)
        if row["state"] == "draft":
            return
        review = send_for_review(
            page, actor=self._actor(row["by"]), now=at, note=row.get("note", "")
        )
        DECISIONS[row["state"]](self, review, row)

    def _page(self, row: dict):
        section = Section.objects.get(slug=row["section"])
        down = row.get("down_in")
        page = MODELS[row["kind"]](
            title=row["title"],
            lead=row["lead"],
            body=[("text", text) for text in row.get("body", ())],
            section=section,
            theme=row.get("theme"),
            names_debtor=bool(down),
            down_at=self.clock.now + timedelta(days=down) if down else None,
            writers=[self.people[row["by"]].pk],
            owner=self.people[row["by"]],
            live=False,
            **row.get("facts", {}),
        )
        branch_for(self.agencies[row["agency"]]).add_child(instance=page)
        page.save_revision(user=self.people[row["by"]])
        return page

    def approve(self, review: Review, row: dict, **later) -> Article | None:
        """The text on the portal, or set for its hour."""
        at = self.clock.now - timedelta(days=row["days_ago"]) + timedelta(hours=1)
        approve_text(review, actor=self._actor(row["decided_by"]), now=at, **later)
        rows = Article.objects.system("what the play has just published")
        return rows.filter(page_key=f"workbench:{review.page_id}").first()

    def give_back(self, review: Review, row: dict) -> None:
        """The text back with its writer."""
        return_text(review, actor=self._actor(row["decided_by"]), now=self.clock.now, reason=row["reason"])  # fmt: skip

    def correct(self, review: Review, row: dict) -> None:
        """Published, then corrected."""
        article = self.approve(review, row)
        correct_article(article, actor=self._actor(row["decided_by"]), now=self.clock.now, notice=row["reason"])  # fmt: skip

    def withdraw(self, review: Review, row: dict) -> None:
        """Published, then withdrawn."""
        article = self.approve(review, row)
        withdraw_article(article, actor=self._actor(row["decided_by"]), now=self.clock.now, reason=row["reason"])  # fmt: skip


def _set_for_tomorrow(play: Editing, review: Review, row: dict) -> None:
    play.approve(review, row, publish_at=play.clock.now + timedelta(days=1))


DECISIONS = {
    "waiting": lambda play, review, row: None,
    "standing": Editing.approve,
    "returned": Editing.give_back,
    "scheduled": _set_for_tomorrow,
    "corrected": Editing.correct,
    "withdrawn": Editing.withdraw,
}
