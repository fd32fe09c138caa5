"""Every address of the desk: nothing of another province is shown, and reading never writes. A new address must be classified."""

from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from hoiam.agencies.models import (
    Agency,
    ImportRun,
    Official,
    OfficialAccount,
    Post,
    PressAgency,
    Spokesperson,
)
from hoiam.core.models import LedgerEntry, LedgerHead, OutboxMessage
from hoiam.handling.models import (
    Accreditation,
    Authorisation,
    Briefing,
    Case,
    Clock,
    ContentRequest,
    Duty,
    Enquiry,
    FactRow,
    OutletWatch,
    Paper,
    PressConference,
    PressQuestion,
    SupplyPlan,
    SupplyRow,
)
from hoiam.letters.models import LegalQuestion, ReaderLetter
from hoiam.monitoring.models import (
    Delivery,
    Digest,
    Item,
    Notice,
    Source,
    Story,
    UnitLine,
    Warning,
)
from hoiam.newsroom.models import (
    Commission,
    DistributionList,
    FactCheck,
    Outage,
    Package,
    PackageArticle,
    PartnerFeed,
    PartnerPrint,
    Receiver,
    SocialAct,
    SocialChannel,
    SocialMessage,
    SocialPost,
    SocialProof,
    Submission,
)
from hoiam.scheme.models import (
    Agreement,
    BudgetPlan,
    Contribution,
    Contributor,
    Expert,
    Quota,
    ReportRound,
    ReportScan,
    ReportVersion,
    RewardList,
    Scheme,
    SourcePaper,
    SynthesisPart,
    Training,
    TrainingNeed,
    TrainingPlan,
    UnitReport,
)

pytestmark = pytest.mark.django_db
WHY = "the test picks a row to ask for"

# Addresses that show one agency's own matters: a stranger gets 404. A value gives the arguments of one real row.
OWN = {
    "desk-story": lambda: [Warning.objects.system(WHY).exclude(agency=None).first().story_id],
    "desk-story-merge": lambda: OWN["desk-story"](),
    "desk-story-agency": lambda: OWN["desk-story"](),
    "desk-story-unmerge": lambda: [*OWN["desk-story"](), *OWN["desk-story"]()],
    "desk-story-unsplit": lambda: OWN["desk-story"](),
    "desk-item-reread": lambda: OWN["desk-item"](),
    "desk-item": lambda: [Item.objects.filter(story__in=OWN["desk-story"]()).first().pk],
    "desk-item-split": lambda: OWN["desk-item"](),
    "desk-warning-assign": lambda: [Warning.objects.system(WHY).exclude(agency=None).first().pk],
    "desk-warning-duplicate": lambda: OWN["desk-warning-assign"](),
    "desk-warning-snooze": lambda: OWN["desk-warning-assign"](),
    "desk-warning-case": lambda: OWN["desk-warning-assign"](),
    "desk-warning-act": lambda: [*OWN["desk-warning-assign"](), "take"],
    "desk-case": lambda: [Case.objects.system(WHY).first().pk],
    "desk-case-items": lambda: OWN["desk-case"](),
    "desk-case-print": lambda: OWN["desk-case"](),
    "desk-case-step": lambda: [*OWN["desk-case"](), "add_note"],
    "desk-case-evidence": lambda: OWN["desk-case"](),
    "desk-case-evidence-do": lambda: [*OWN["desk-case"](), "snapshot"],
    "desk-item-snapshot": lambda: OWN["desk-item"](),
    "desk-paper-new": lambda: OWN["desk-case"](),
    "desk-fact": lambda: [FactRow.objects.first().pk],
    "desk-clock": lambda: [Clock.objects.system(WHY).first().pk],
    "desk-paper": lambda: [Paper.objects.system(WHY).first().pk],
    "desk-paper-word": lambda: OWN["desk-paper"](),
    "desk-paper-pdf": lambda: OWN["desk-paper"](),
    "desk-paper-signed": lambda: OWN["desk-paper"](),
    "desk-paper-take": lambda: OWN["desk-paper"](),
    "desk-letterhead": lambda: OWN["desk-routing"](),
    "desk-wordings": lambda: OWN["desk-routing"](),
    "desk-wording": lambda: [*OWN["desk-routing"](), "response"],
    "desk-wording-reset": lambda: [*OWN["desk-routing"](), "response"],
    "desk-paper-step": lambda: [*OWN["desk-paper"](), "withdraw_paper"],
    "desk-enquiry": lambda: [Enquiry.objects.system(WHY).first().pk],
    "desk-enquiry-step": lambda: [*OWN["desk-enquiry"](), "acknowledge_enquiry"],
    "desk-letter": lambda: [ReaderLetter.objects.system(WHY).first().pk],
    "desk-letter-step": lambda: [*OWN["desk-letter"](), "classify"],
    "desk-letter-people": lambda: OWN["desk-letter"](),
    "desk-letter-file": lambda: [*OWN["desk-letter"](), 1],
    "desk-letter-word": lambda: [*OWN["desk-letter"](), "answer"],
    "desk-legal-question": lambda: [LegalQuestion.objects.system(WHY).first().pk],
    "desk-legal-question-step": lambda: [*OWN["desk-legal-question"](), "draft_legal_answer"],
    "desk-legal-question-people": lambda: OWN["desk-legal-question"](),
    "desk-content-request": lambda: [ContentRequest.objects.first().pk],
    "desk-accreditation": lambda: [Accreditation.objects.system(WHY).first().pk],
    "desk-conference": lambda: [PressConference.objects.system(WHY).first().pk],
    "desk-conference-edit": lambda: OWN["desk-conference"](),
    "desk-conference-step": lambda: [*OWN["desk-conference"](), "invite"],
    "desk-conference-word": lambda: [*OWN["desk-conference"](), "invitation"],
    "desk-conference-minutes": lambda: OWN["desk-conference"](),
    "desk-promise": lambda: [PressQuestion.objects.exclude(promised_at=None).first().pk],
    "desk-briefing-withdraw": lambda: [Briefing.objects.system(WHY).first().pk],
    "desk-outlet-watch": lambda: [OutletWatch.objects.system(WHY).first().pk],
    "desk-outlet-watch-look": lambda: OWN["desk-outlet-watch"](),
    "desk-outlet-watch-section": lambda: OWN["desk-outlet-watch"](),
    "desk-outlet-watch-round": lambda: OWN["desk-outlet-watch"](),
    "desk-outlet-watch-step": lambda: [*OWN["desk-outlet-watch"](), "reply"],
    "desk-escalation": lambda: OWN["desk-case"](),
    "desk-escalation-step": lambda: [*OWN["desk-case"](), "begin"],
    "desk-digest": lambda: _digest(),
    "desk-digest-word": lambda: _digest(),
    "desk-digest-send": lambda: _digest(),
    "desk-sheet": lambda: _sheet(),
    "desk-sheet-word": lambda: _sheet(),
    "desk-sheet-send": lambda: _sheet(),
    "desk-sheet-remarks": lambda: _sheet(),
    "desk-notice-acknowledge": lambda: [Notice.objects.system(WHY).first().pk],
    "desk-routing": lambda: [Agency.objects.get(code="thads-thanh-giang").pk],
    "desk-routing-reset": lambda: OWN["desk-routing"](),
    "desk-lines": lambda: OWN["desk-routing"](),
    "desk-spokesperson": lambda: [Spokesperson.objects.system(WHY).first().pk],
    "desk-spokesperson-act": lambda: [*OWN["desk-spokesperson"](), "list"],
    "desk-spokesperson-new": lambda: OWN["desk-routing"](),
    "desk-case-speaking": lambda: OWN["desk-case"](),
    "desk-authorisation": lambda: [Authorisation.objects.system(WHY).first().pk],
    "desk-authorisation-act": lambda: [*OWN["desk-authorisation"](), "withdraw"],
    "desk-duty": lambda: [Duty.objects.system(WHY).filter(agency=_province()).first().pk],
    "desk-supply-plan": lambda: [SupplyPlan.objects.system(WHY).first().pk],
    "desk-supply-plan-act": lambda: [*OWN["desk-supply-plan"](), "submit"],
    "desk-supply-plan-word": lambda: OWN["desk-supply-plan"](),
    "desk-supply-row": lambda: [*OWN["desk-supply-plan"](), SupplyRow.objects.first().pk],
    "desk-account-end": lambda: [OfficialAccount.objects.system(WHY).first().pk],
    "desk-sole-signer": lambda: OWN["desk-routing"](),
    "desk-line": lambda: [UnitLine.objects.system(WHY).first().pk],
    "desk-line-act": lambda: [*OWN["desk-line"](), "try"],
    "desk-indicators-of": lambda: [_province(), 2026],
    "desk-indicators-word": lambda: OWN["desk-indicators-of"](),
    "desk-indicators-do": lambda: [*OWN["desk-indicators-of"](), "submit_report"],
    "desk-indicator-rows": lambda: [*OWN["desk-indicators-of"](), "i4"],
    "desk-lateness-of": lambda: [_province()],
    "desk-lateness-remind": lambda: [_province()],
    "desk-explanation-ask": lambda: [Clock.objects.system(WHY).first().pk],
    "desk-scheme": lambda: [_plan().pk],
    "desk-scheme-do": lambda: [_plan().pk, "activate_scheme"],
    "desk-scheme-plan": lambda: OWN["desk-scheme"](),
    "desk-scheme-head": lambda: OWN["desk-scheme"](),
    "desk-scheme-themes": lambda: OWN["desk-scheme"](),
    "desk-scheme-task-new": lambda: OWN["desk-scheme"](),
    "desk-scheme-task": lambda: [_plan().pk, _plan().tasks.first().pk],
    "desk-scheme-task-remove": lambda: OWN["desk-scheme-task"](),
    "desk-scheme-quota-new": lambda: OWN["desk-scheme-task"](),
    "desk-scheme-quota-remove": lambda: [
        _plan().pk,
        Quota.objects.filter(task__scheme=_plan()).first().pk,
    ],
    "desk-scheme-paper": lambda: [SourcePaper.objects.system(WHY).first().pk],
    "desk-scheme-paper-file": lambda: OWN["desk-scheme-paper"](),
    "desk-scheme-paper-addressed": lambda: OWN["desk-scheme-paper"](),
    "desk-scheme-paper-drop": lambda: OWN["desk-scheme-paper"](),
    "desk-scheme-paper-whole": lambda: [*OWN["desk-scheme-paper"](), "head"],
    "desk-scheme-paper-part": lambda: [*OWN["desk-scheme-paper"](), "tasks", 0],
    "desk-scheme-paper-remove": lambda: OWN["desk-scheme-paper-part"](),
    "desk-round": lambda: [ReportRound.objects.system(WHY).get(state="closed").pk],
    "desk-round-edit": lambda: OWN["desk-round"](),
    "desk-round-units": lambda: OWN["desk-round"](),
    "desk-round-sections": lambda: OWN["desk-round"](),
    "desk-round-do": lambda: [*OWN["desk-round"](), "close"],
    "desk-round-synthesis": lambda: OWN["desk-round"](),
    "desk-round-synthesis-word": lambda: OWN["desk-round"](),
    "desk-round-synthesis-do": lambda: [*OWN["desk-round"](), "make"],
    "desk-round-part": lambda: [*OWN["desk-round"](), SynthesisPart.objects.first().pk],
    "desk-round-report": lambda: [ReportVersion.objects.first().report_id],
    "desk-round-report-do": lambda: [*OWN["desk-round-report"](), "accept_unit_report"],
    "desk-round-word": lambda: OWN["desk-round-report"](),
    "desk-round-version": lambda: [*OWN["desk-round-report"](), 1],
    "desk-round-scan-new": lambda: OWN["desk-round-version"](),
    "desk-round-scan": lambda: [*OWN["desk-round-report"](), ReportScan.objects.first().pk],
    "desk-round-fill": lambda: [UnitReport.objects.system(WHY).get(round__state="open").pk],
    "desk-round-upload": lambda: OWN["desk-round-fill"](),
    "desk-round-annex": lambda: [*OWN["desk-round-fill"](), "phu-luc"],
    "desk-round-template": lambda: [*OWN["desk-round-fill"](), "docx"],
    "desk-round-file": lambda: [*OWN["desk-round-fill"](), _annex()],
    "desk-agreement": lambda: [Agreement.objects.system(WHY).get(number="05/QCPH-THADSTG").pk],
    "desk-agreement-edit": lambda: OWN["desk-agreement"](),
    "desk-agreement-act": lambda: [*OWN["desk-agreement"](), "end_agreement"],
    "desk-clause": lambda: [*OWN["desk-agreement"](), 1],
    "desk-clause-act": lambda: [*OWN["desk-agreement"](), 1, "record_result"],
    "desk-package": lambda: [_of_province(Package)],
    "desk-package-edit": lambda: OWN["desk-package"](),
    "desk-package-act": lambda: [*OWN["desk-package"](), "cancel_package"],
    "desk-package-word": lambda: [_content().package_id, _content().article_id],
    "desk-press-list": lambda: [_of_province(DistributionList)],
    "desk-press-list-edit": lambda: OWN["desk-press-list"](),
    "desk-press-list-open": lambda: OWN["desk-press-list"](),
    "desk-receiver-new": lambda: OWN["desk-press-list"](),
    "desk-receiver": lambda: [Receiver.objects.system(WHY).first().pk],
    "desk-receiver-act": lambda: [*OWN["desk-receiver"](), "remove_receiver"],
    "desk-print": lambda: [PartnerPrint.objects.system(WHY).first().pk],
    "desk-print-act": lambda: [*OWN["desk-print"](), "confirm_print"],
    "desk-article-reach": lambda: [_content().article_id],
    "desk-training": lambda: [_of_province(Training)],
    "desk-training-edit": lambda: OWN["desk-training"](),
    "desk-training-word": lambda: OWN["desk-training"](),
    "desk-training-csv": lambda: OWN["desk-training"](),
    "desk-training-act": lambda: [*OWN["desk-training"](), "cancel_training"],
    "desk-training-plan": lambda: [_of_province(TrainingPlan)],
    "desk-training-plan-word": lambda: OWN["desk-training-plan"](),
    "desk-training-plan-act": lambda: [*OWN["desk-training-plan"](), "submit_training_plan"],
    "desk-training-need-act": lambda: [
        TrainingNeed.objects.system(WHY).first().pk,
        "withdraw_need",
    ],
    "desk-budget": lambda: [BudgetPlan.objects.system(WHY).filter(agency=_province()).first().pk],
    "desk-budget-csv": lambda: OWN["desk-budget"](),
    "desk-budget-act": lambda: [*OWN["desk-budget"](), "close_budget"],
    "desk-contribution": lambda: [_of_province(Contribution)],
    "desk-writing-piece": lambda: [_accepted().pk],
    "desk-writing-edit": lambda: OWN["desk-writing-piece"](),
    "desk-writing-convert": lambda: OWN["desk-writing-piece"](),
    "desk-writing-stop": lambda: OWN["desk-writing-piece"](),
    "desk-writing-act": lambda: [*OWN["desk-writing-piece"](), "return_submission"],
    "desk-writing-picture": lambda: [_accepted().pk, _accepted().pictures.first().pk],
    "desk-commission": lambda: [Commission.objects.system(WHY).first().pk],
    "desk-commission-begin": lambda: OWN["desk-commission"](),
    "desk-commission-act": lambda: [*OWN["desk-commission"](), "take_commission"],
    "desk-fact-check": lambda: [FactCheck.objects.system(WHY).first().pk],
    "desk-fact-check-act": lambda: [*OWN["desk-fact-check"](), "answer_fact_check"],
    "desk-contributor-leave": lambda: [_of_province(Contributor)],
    "desk-expert": lambda: [_of_province(Expert)],
    "desk-expert-edit": lambda: OWN["desk-expert"](),
    "desk-expert-act": lambda: [*OWN["desk-expert"](), "add_work"],
    "desk-reward": lambda: [_of_province(RewardList)],
    "desk-reward-act": lambda: [*OWN["desk-reward"](), "propose_rewards"],
    "desk-reward-word": lambda: [*OWN["desk-reward"](), "list"],
    "desk-theme-choose": lambda: [
        Scheme.objects.system(WHY).get(owner=_province(), kind="plan").pk
    ],
    "desk-themes-excel": lambda: OWN["desk-theme-choose"](),
    "desk-themes-of": lambda: OWN["desk-theme-choose"](),
    "desk-social-post": lambda: [_of_province(SocialPost)],
    "desk-social-edit": lambda: OWN["desk-social-post"](),
    "desk-social-post-do": lambda: [*OWN["desk-social-post"](), "submit_post"],
    "desk-social-act": lambda: [_of_province(SocialAct)],
    "desk-social-act-do": lambda: [*OWN["desk-social-act"](), "cancel_act"],
    "desk-social-proof": lambda: [SocialProof.objects.system(WHY).first().pk],
    "desk-social-message": lambda: [_of_province(SocialMessage)],
    "desk-social-message-do": lambda: [*OWN["desk-social-message"](), "take_message"],
    "desk-social-account": lambda: [SocialChannel.objects.system(WHY).first().account_id],
    "desk-social-account-do": lambda: [*OWN["desk-social-account"](), "pause_channel"],
    "desk-delivery-replay": lambda: [Delivery.objects.system(WHY).exclude(line=None).first().pk],
}
# Lists narrowed to the reader, and directories that everybody may read.
SHARED = {
    "desk-home": list,
    "desk-rules": list,
    "desk-rule": lambda: ["PN-01"],
    "desk-calendar": list,
    "desk-my-calendar": list,
    "desk-watch": list,
    "desk-clip": list,
    "desk-cases": list,
    "desk-case-new": list,
    "desk-papers": list,
    "desk-enquiries": list,
    "desk-enquiry-new": list,
    "desk-letters": list,
    "desk-letter-new": list,
    "desk-letter-register": list,
    "desk-letter-boxes": list,
    "desk-legal-questions": list,
    "desk-legal-question-new": list,
    "desk-accreditations": list,
    "desk-accreditation-new": list,
    "desk-conferences": list,
    "desk-conference-new": list,
    "desk-briefings": list,
    "desk-briefing-new": list,
    "desk-register": list,
    "desk-outlet-watches": list,
    "desk-overview": list,
    "desk-indicators": list,
    "desk-lateness": list,
    "desk-explanations": list,
    "desk-schemes": list,
    "desk-scheme-new": list,
    "desk-scheme-campaign": list,
    "desk-scheme-ready": lambda: ["2862"],
    "desk-scheme-papers": list,
    "desk-scheme-paper-new": list,
    "desk-digests": list,
    "desk-agencies": list,
    "desk-agency-import": list,
    "desk-press": list,
    "desk-press-new": list,
    "desk-press-edit": lambda: [PressAgency.objects.first().pk],
    "desk-reporter-new": lambda: [PressAgency.objects.first().pk],
    "desk-sources": list,
    "desk-source-new": list,
    "desk-source-find": list,
    "desk-source-starter": list,
    "desk-source": lambda: [Source.objects.first().pk],
    "desk-source-edit": lambda: [Source.objects.first().pk],
    "desk-source-pause": lambda: [Source.objects.first().pk],
    "desk-lexicon": list,
    "desk-lexicon-add": list,
    "desk-lexicon-row": lambda: ["thi-hanh-an"],
    "desk-lexicon-draft": lambda: ["drop"],
    "desk-lexicon-history": list,
    "desk-lexicon-restore": lambda: [0],
    "desk-second-looks": list,
    "desk-second-net-teach": list,
    "desk-search": list,
    "desk-notices": list,
    "desk-notices-seen": list,
    "desk-notice-choice": list,
    "desk-notice-try": list,
    "desk-browser-add": list,
    "desk-agency": lambda: [Agency.objects.get(code="thads-thanh-giang").pk],
    "desk-rounds": list,
    "desk-round-new": list,
    "desk-round-scores": list,
    "desk-round-scores-file": lambda: ["csv"],
    "desk-round-score-rules": list,
    "desk-spokespersons": list,
    "desk-authorisations": list,
    "desk-duties": list,
    "desk-supply-plans": list,
    "desk-account-new": list,
    "desk-task-list": list,
    "desk-task-difficulties": list,
    "desk-task-difficulties-excel": list,
    "desk-matrix-home": list,
    "desk-agreements": list,
    "desk-agreements-excel": list,
    "desk-agreement-new": list,
    "desk-packages": list,
    "desk-package-new": list,
    "desk-press-lists": list,
    "desk-press-list-new": list,
    "desk-attention": list,
    "desk-prints": list,
    "desk-prints-excel": list,
    "desk-trainings": list,
    "desk-training-new": list,
    "desk-training-needs": list,
    "desk-training-plans": list,
    "desk-never-trained-csv": list,
    "desk-budgets": list,
    "desk-portal": list,
    "desk-portal-feed-switch": lambda: [PartnerFeed.objects.first().pk],
    "desk-portal-foot": list,
    "desk-portal-outage-new": list,
    "desk-portal-outage-off": lambda: [Outage.objects.first().pk],
    "desk-contributions": list,
    "desk-contributions-excel": list,
    "desk-contribution-new": list,
    "desk-contributors": list,
    "desk-experts": list,
    "desk-expert-new": list,
    "desk-rewards": list,
    "desk-reward-new": list,
    "desk-themes": list,
    "desk-social": list,
    "desk-social-new": list,
    "desk-social-queue": list,
    "desk-social-archive": list,
    "desk-social-inbox": list,
    "desk-social-bring-in": list,
    "desk-social-accounts": list,
    "desk-writing": list,
    "desk-writing-new": list,
    "desk-pieces": list,
    "desk-writers": list,
    "desk-writers-excel": list,
    "desk-commissions": list,
    "desk-commission-new": list,
    "desk-fact-checks": list,
    "desk-fact-check-new": list,
}
# Proved in the tests of their own pages, where rows of that kind are made.
ELSEWHERE = {
    "desk-explanation",
    "desk-explanation-act",
    "desk-scheme-changes",
    "desk-task-page",
    "desk-task-part",
    "desk-task-do",
    "desk-task-unit",
    "desk-task-quotas",
    "desk-task-quota",
    "desk-task-product-file",
    "desk-task-product-remove",
    "desk-task-difficulty-do",
    "desk-matrix-of",
    "desk-matrix-excel",
    "desk-tightening-end",
    "desk-calendar-withdraw",
    "desk-calendar-revoke",
    "desk-evidence",
    "desk-evidence-take",
    "desk-capture",
    "desk-capture-take",
    "desk-capture-image",
    "desk-plan-stop",
    "desk-dossier-take",
    "desk-item-version",
    "desk-agency-import-report",
    "desk-site-rule-on",
    "desk-source-upload",
    "desk-item-import",
    "desk-official-new",
    "desk-agreement-file",
    "desk-training-document",
    "desk-contribution-file",
    "desk-writing-word",
    # Not there at all for who does not decide.
    "desk-breaches",
    "desk-breach-new",
    "desk-breach",
    "desk-breach-file",
    "desk-spokesperson-decision",
    "desk-number-cancel",
    "desk-post-end",
    "desk-lexicon-trial",
    "desk-second-look-act",
    "desk-browser-remove",
    # Without signing in: a signed link, and a script that knows nothing.
    "desk-notice-link",
    "desk-push-worker",
}


def _of_province(model: type) -> int:
    return model.objects.system(WHY).filter(agency=_province()).first().pk


def _content() -> PackageArticle:
    return PackageArticle.objects.filter(package=_of_province(Package)).first()


def _accepted() -> Submission:
    return Submission.objects.system(WHY).get(state="accepted")


def _province() -> int:
    return Agency.objects.get(code="thads-thanh-giang").pk


def _plan() -> Scheme:
    return Scheme.objects.system(WHY).get(owner__code="thads-thanh-giang", kind="yearly_plan")


def _annex() -> str:
    report = UnitReport.objects.system(WHY).get(pk=OWN["desk-round-fill"]()[0])
    return report.content["phu-luc"][0]["blob"]


def _digest() -> list[object]:
    found = Digest.objects.system(WHY).filter(agency__fictional=True, kind="day").first()
    return [found.agency_id, found.day.isoformat()]


def _sheet() -> list[object]:
    found = Digest.objects.system(WHY).filter(agency__fictional=True, kind="outlook").first()
    return [found.kind, found.agency_id, found.day.isoformat()]


@pytest.fixture
def stranger(demonstration, db, client: Client) -> Client:
    """A focal point of a real province that has nothing in the demonstration."""
    other = Agency.objects.get(code="thads-can-tho")
    person = Official.objects.create_user("la", "mat-khau-dai-1", full_name="Người Lạ")
    Post.objects.create(
        official=person, agency=other, role="focal_point", valid_from=date(2025, 7, 1)
    )
    client.force_login(person)
    return client


def test_every_address_is_classified():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert {name for name in names if name.startswith("desk-")} == {*OWN, *SHARED, *ELSEWHERE}


def test_a_stranger_gets_404_for_everything_of_another_province(stranger):
    seen = {}
    for name, arguments in OWN.items():
        path = reverse(name, args=arguments())
        seen[name] = {stranger.get(path).status_code, stranger.post(path, {}).status_code} - {
            404,
            405,
        }

    assert {name: codes for name, codes in seen.items() if codes} == {}


def test_lists_show_a_stranger_nothing_of_the_fictional_province(stranger):
    story = Story.objects.get(pk=OWN["desk-story"]()[0])
    case = Case.objects.system(WHY).first()
    asked, planned = (
        Enquiry.objects.system(WHY).first(),
        PressConference.objects.system(WHY).first(),
    )
    for name in (
        "desk-enquiries",
        "desk-letters",
        "desk-legal-questions",
        "desk-conferences",
        "desk-briefings",
        "desk-accreditations",
        "desk-home",
        "desk-watch",
        "desk-cases",
        "desk-papers",
        "desk-outlet-watches",
        "desk-overview",
        "desk-digests",
        "desk-schemes",
        "desk-scheme-papers",
    ):
        page = stranger.get(reverse(name), {"tab": "all"}).content.decode()
        assert story.title not in page
        assert case.title not in page
        assert _plan().short not in page and "cong-van-hu-cau" not in page
        assert "chi trả tiền thi hành án" not in page and "nộp phí thi hành án" not in page
        assert asked.reporter_name not in page and planned.title not in page


def test_reading_any_page_writes_nothing(demonstration, client):
    client.force_login(Official.objects.get(username="dau-moi"))
    client.get(reverse("desk-home"))
    counted = (
        LedgerEntry, OutboxMessage, Warning, Case, Paper, Digest, ImportRun, Notice, Delivery
    )  # fmt: skip

    def state() -> list[object]:
        rows = [model._base_manager.count() for model in counted]
        return [*rows, LedgerHead.objects.get().digest]

    before = state()
    for name, arguments in {**OWN, **SHARED}.items():
        assert client.get(reverse(name, args=arguments())).status_code in {200, 302, 403, 405}, name

    assert state() == before


def test_nobody_reads_anything_without_signing_in(demonstration, client):
    for name, arguments in {**OWN, **SHARED}.items():
        answer = client.get(reverse(name, args=arguments()))
        assert answer.status_code in {302, 405}, name
        if answer.status_code == 302:
            assert "/account/login/" in answer.url
