"""The whole way: published, sent with a Word file, printed again, found, confirmed, counted in the Scheme."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.urls import reverse
from docx import Document

from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import take_in
from hoiam.monitoring.queries.periods import month_of
from hoiam.newsroom.actions.prints import confirm_print
from hoiam.newsroom.jobs.prints import find_prints
from hoiam.newsroom.models import PartnerPrint
from hoiam.newsroom.queries import reach_of
from hoiam.scheme.models import Agreement, AgreementParty, Clause
from hoiam.scheme.queries.agreements import clause_counts
from hoiam.scheme.queries.proofs import proofs
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.newsroom.press_house import LATER, LEAD, sendings, story

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def agreement_with(house, channel):
    made = Agreement.objects.create(
        agency=house.agency, kind="regulation", title="Quy chế phối hợp", number="05/QCPH",
        signed_on=TODAY.replace(day=1), valid_from=TODAY.replace(day=1), state="in_force",
        created_by=house.writer.official, created_at=NOW,
    )  # fmt: skip
    AgreementParty.objects.create(
        agreement=made, press_agency=channel.press_agency, name=channel.press_agency.name
    )
    Clause.objects.create(agreement=made, number=1, kind="news", text="Tin, bài tuyên truyền")
    return made


def test_from_publishing_to_the_count_of_the_scheme(house, client):
    channel = make.channel(host="songthanh.example")
    agreement = agreement_with(house, channel)
    article = house.article(title="Ra quân thi hành án dân sự ở Thanh Giang")
    package = house.sent(article)
    (letter,) = mail.outbox
    lines = [p.text for p in Document(BytesIO(letter.attachments[0][1])).paragraphs]
    assert article.title in lines and LEAD in lines and story(1) in lines

    (sending,) = sendings(package)
    assert client.get(reverse("portal-package", args=[sending.token])).status_code == 200

    taken = take_in(
        [
            Incoming(
                title="Thanh Giang vào đợt cao điểm", sapo=LEAD, body=story(1),
                url="https://songthanh.example/thoi-su/cao-diem.html", outlet="Báo Sông Thanh",
                published_at=LATER, first_seen_at=LATER, channel_id=channel.pk,
            )
        ],
        now=LATER,
    )  # fmt: skip
    assert find_prints.func(LATER) == 1
    (found,) = PartnerPrint.objects.system("test")
    assert (found.item, found.channel, found.printed_at) == (taken.items[0], channel, LATER)
    assert proofs({house.agency.pk}, month_of(TODAY), ["print"]) == []

    confirm_print(found, actor=house.writer, now=LATER + HOUR)

    (proof,) = proofs({house.agency.pk}, month_of(TODAY), ["print"])
    assert (proof.title, proof.happened_on) == (f"Báo Sông Thanh: {article.title}", TODAY)
    assert proof.address == reverse("desk-print", args=[found.pk])
    assert proofs({house.tree.other.pk}, month_of(TODAY), ["print"]) == []
    (counted,) = clause_counts(agreement, month_of(TODAY))
    assert counted.counted.note.endswith("1 lần đăng lại bài của đơn vị, 0 do người ghi")
    reach = reach_of(article)
    assert (reach.outlets, reach.sent, reach.opened) == (("Báo Sông Thanh",), 1, 1)
