"""Readers' letters and legal questions of the demonstration; every writer is fictional, no wrongdoing is told of anybody."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from hoiam.agencies.models import Agency, Official, PressAgency
from hoiam.config.demo.cooperation import ActorOf
from hoiam.config.demo.moments import Now
from hoiam.config.demo.playing import Queue
from hoiam.config.demo.reading import outlets, read
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters import actions as do
from hoiam.letters.actions import Drafted, Named, Part, Sorted, Written
from hoiam.letters.models import LegalQuestion, ReaderLetter

OURS = {"condition": "met", "competence": "ours"}
OLD_LAW_DAY = date(2026, 6, 1)


def one_line(text: str) -> str:
    """The text with the lines of each paragraph joined; a blank line still parts paragraphs."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text).strip()


class LettersPlay:
    """What readers wrote to the province and what became of it, as events."""

    def __init__(
        self, clock: Now, agencies: dict[str, Agency], people: dict[str, Official], actor: ActorOf
    ) -> None:
        self.clock, self.actor, self.people = clock, actor, people
        self.province = agencies["thads-thanh-giang"]
        self.texts = read("letters.yaml")
        first = next(iter(outlets().values()))
        self.press = PressAgency.objects.get(name=first["press"])

    def schedule(self, queue: Queue) -> None:
        """Every step as an event."""
        before = self.clock.before
        queue.add(before("70w 14:10"), self.leave_standing)
        queue.add(before("20w 09:10"), self.answer_for_the_paper)
        queue.add(before("12w 14:20"), self.take_up_complaint)
        queue.add(before("9w 10:05"), self.draft_on_denunciation)
        queue.add(before("8w 08:30"), self.split_mixed)
        queue.add(before("6w 15:00"), self.guide_elsewhere)
        queue.add(before("30h"), self.come_again)
        queue.add(before("20h"), self.come_by_form)
        queue.add(before("26w 09:00"), self.publish_answers)
        queue.add(before("3w 10:00"), self.ask)
        queue.add(before("50m"), self.look_at_laws)

    def _written(self, key: str) -> Written:
        row = self.texts["letters"][key]
        who = Named(
            row.get("name", ""), row.get("role", "sender"), row.get("address", ""), row.get("phone", ""),
            row.get("email", ""),
        )  # fmt: skip
        return Written(row["title"], one_line(row["content"]), [who], signers=row.get("signers", 1))

    def _received(self, key: str, at: datetime, channel: str = "post") -> ReaderLetter:
        press = self.press if channel == "press" else None
        day = at.astimezone(VIETNAM).date()
        more = {"press_agency": press, "forward_number": "31/CV-BĐ", "forward_on": day - timedelta(days=2)} if press else {}  # not-law: the paper wrote two days before  # fmt: skip
        return do.receive_letter(
            self.province, self._written(key), actor=self.actor("van-thu", at), now=at,
            channel=channel, **more,
        )  # fmt: skip

    def _sorted(self, letter: ReaderLetter, at: datetime, kind: str, **found: Any) -> ReaderLetter:
        return do.classify(
            letter, Sorted(kind, **{**OURS, **found}), actor=self.actor("dau-moi", at), now=at
        )  # fmt: skip

    def answer_for_the_paper(self, at: datetime) -> None:
        """A petition a paper forwarded: answered, the paper and the citizen told, closed."""
        desk, head, clerk = (self.actor(who, at) for who in ("dau-moi", "truong", "van-thu"))
        letter = self._sorted(self._received("late_payment", at, "press"), at, "petition")
        letter = do.accept(letter, actor=head, now=at)
        letter = do.assign(letter, official=self.people["truong-kv2"], actor=desk, now=at)
        letter = do.draft_answer(
            letter, text=one_line(self.texts["answers"]["late_payment"]), measures=self.texts["answers"]["measures"],
            actor=self.actor("truong-kv2", at), now=at,
        )  # fmt: skip
        letter = do.approve_answer(letter, actor=head, now=at)
        day = at.astimezone(VIETNAM).date()
        letter = do.answer(letter, number="118/THADSTG-VP", on=day, actor=clerk, now=at)
        letter = do.tell_citizen(letter, way="post", actor=clerk, now=at)
        letter = do.tell_press(
            letter, what="result", number="119/THADSTG-VP", on=day, actor=clerk, now=at
        )
        do.close(letter, actor=clerk, now=at)

    def leave_standing(self, at: datetime) -> None:
        """A petition taken up and given to a region that still waits for another body: open longer than MD-135 allows."""
        letter = self._sorted(self._received("survey", at), at, "petition")
        letter = do.accept(letter, actor=self.actor("truong", at), now=at)
        do.assign(
            letter, official=self.people["truong-kv2"], actor=self.actor("dau-moi", at), now=at
        )

    def take_up_complaint(self, at: datetime) -> None:
        """A complaint about enforcement, taken up and given to a region."""
        letter = self._received("valuation", at)
        letter = self._sorted(letter, at, "complaint", about="enforcement")
        letter = do.accept(letter, actor=self.actor("truong", at), now=at, group="c")
        do.assign(
            letter, official=self.people["truong-kv2"], actor=self.actor("dau-moi", at), now=at
        )

    def draft_on_denunciation(self, at: datetime) -> None:
        """A denunciation a paper forwarded, its answer before the head."""
        letter = self._sorted(self._received("slow_service", at, "press"), at, "denunciation")
        letter = do.accept(letter, actor=self.actor("truong", at), now=at)
        desk = self.actor("dau-moi", at)
        letter = do.assign(letter, official=self.people["chanh-vp"], actor=desk, now=at)
        text = one_line(self.texts["answers"]["slow_service"])
        do.draft_answer(letter, text=text, actor=self.actor("chanh-vp", at), now=at)

    def split_mixed(self, at: datetime) -> None:
        """A letter of two contents, split."""
        letter = self._received("mixed", at)
        letter = self._sorted(letter, at, "mixed")
        parts = [Part(**row) for row in self.texts["parts"]]
        do.split(letter, parts, actor=self.actor("dau-moi", at), now=at)

    def guide_elsewhere(self, at: datetime) -> None:
        """A petition of another body's competence, guided there."""
        letter = self._received("land", at)
        letter = self._sorted(letter, at, "petition", competence="outside")
        where = "Ủy ban nhân dân xã Bến Đò (hư cấu)"
        do.hand_over(letter, guided_to=where, actor=self.actor("dau-moi", at), now=at)

    def come_again(self, at: datetime) -> None:
        """The complaint about valuation comes once more: the page offers the earlier one."""
        self._received("valuation", at)

    def come_by_form(self, at: datetime) -> None:
        """Two letters by the public form, not sorted yet."""
        for key in ("form", "anonymous"):
            do.send_letter(self.province, self._written(key), now=at, sender_key=f"mau-{key}")

    def publish_answers(self, at: datetime) -> None:
        """Published answers, one of them by a law that has changed since."""
        for row in self.texts["published"]:
            question = self._question(row, at)
            question = do.check_legal_answer(
                question, note="Đã đối chiếu văn bản.", actor=self.actor("pho", at), now=at
            )  # fmt: skip
            do.publish_legal_answer(question, actor=self.actor("truong", at), now=at)

    def _question(self, row: dict[str, Any], at: datetime) -> LegalQuestion:
        asker = Named("Lê Thị Mẫu", "asker", email="mau@thu.example")
        question = do.send_question(
            self.province, str(row["question"]), asker, now=at, sender_key=f"mau-{row['key']}"
        )
        if not row.get("answer"):
            return question
        today = at.astimezone(VIETNAM).date()
        draft = Drafted(
            str(row["question"]), one_line(row["answer"]), str(row["topic"]), row["laws"],
            min(OLD_LAW_DAY, today) if row.get("old") else today,
        )  # fmt: skip
        return do.draft_legal_answer(question, draft, actor=self.actor("dau-moi", at), now=at)

    def look_at_laws(self, at: datetime) -> None:
        """The daily look for laws that changed."""
        do.flag_changed_laws(now=at)

    def ask(self, at: datetime) -> None:
        """One question with a draft that waits for a lawyer, one nobody has drafted yet."""
        for row in self.texts["waiting"]:
            self._question(row, at)
