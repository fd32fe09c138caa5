"""What a scoped queryset cannot see by itself is looked for in the source: raw SQL and untied sub-queries."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "hoiam"
ROOMS = (
    "agencies",
    "monitoring",
    "handling",
    "letters",
    "newsroom",
    "scheme",
    "desk",
    "portal",
    "api",
    "workbench",
    "core",
    "config",
)
SCOPED = {
    "Accreditation",
    "Agreement",
    "Article",
    "Assignment",
    "Authorisation",
    "Breach",
    "Briefing",
    "BudgetPlan",
    "Case",
    "Clock",
    "Commission",
    "Contribution",
    "Contributor",
    "Delivery",
    "Difficulty",
    "Digest",
    "Directive",
    "Dossier",
    "Duty",
    "Enquiry",
    "SealedText",
    "ReaderLetter",
    "LetterPerson",
    "LetterFile",
    "LetterBox",
    "LegalQuestion",
    "Escalation",
    "Evidence",
    "Expert",
    "ExplanationRequest",
    "FactCheck",
    "IndicatorReport",
    "Notice",
    "OfficialAccount",
    "OutletWatch",
    "OutsideNumber",
    "Paper",
    "PaperTemplate",
    "PressConference",
    "Product",
    "Progress",
    "Publication",
    "PublishedAnswer",
    "Remedy",
    "Reminder",
    "ReportRound",
    "Review",
    "RewardList",
    "Rung",
    "Scheme",
    "SecondLook",
    "Signal",
    "SocialAct",
    "SocialChannel",
    "SocialMessage",
    "SocialPost",
    "SocialProof",
    "SourcePaper",
    "Spokesperson",
    "Submission",
    "SupplyPlan",
    "TaskReminder",
    "Synthesis",
    "Tightening",
    "Training",
    "TrainingNeed",
    "TrainingPlan",
    "UnitLine",
    "UnitReport",
    "Warning",
    "DistributionList",
    "Package",
    "PackageDelivery",
    "PartnerPrint",
    "Receiver",
}
FILES = sorted(
    path
    for room in ROOMS
    for path in (SOURCE / room).rglob("*.py")
    if "migrations" not in path.parts
)


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def raw_sql(tree):
    """Lines that leave the queryset: `.raw(` and `.extra(` on a manager or queryset."""
    return [
        node.lineno
        for node in calls(tree)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in {"raw", "extra"}
        and any(getattr(n, "attr", "") == "objects" for n in ast.walk(node.func))
    ]


def starts_scoped(node):
    """Whether an expression begins with `Model.objects` of a scoped model."""
    return any(
        isinstance(n, ast.Attribute)
        and n.attr == "objects"
        and isinstance(n.value, ast.Name)
        and n.value.id in SCOPED
        for n in ast.walk(node)
    )


def untied(tree):
    """Lines with a scoped queryset inside `Exists`/`Subquery` that is neither narrowed nor tied to the outer row."""
    tied = {"OuterRef", "narrowed", "system"}
    return [
        node.lineno
        for node in calls(tree)
        if called(node) in {"Exists", "Subquery"}
        and starts_scoped(node)
        and not tied & {called(inner) for inner in calls(node)}
    ]


def bare_query(tree):
    """Lines that hand `Model.objects….query` on: Django then never asks the queryset."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "query" and starts_scoped(node.value)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_goes_round_the_scope(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert (raw_sql(tree), untied(tree), bare_query(tree)) == ([], [], [])


@pytest.mark.parametrize(
    ("line", "look"),
    [
        ("Case.objects.raw('select 1')", raw_sql),
        ("Case.objects.filter(pk=1).extra(where=['1'])", raw_sql),
        ("Exists(Clock.objects.filter(state='run'))", untied),
        ("Subquery(Paper.objects.values('pk')[:1])", untied),
        ("Story.objects.filter(pk__in=Case.objects.values('story').query)", bare_query),
    ],
)
def test_the_lint_finds_what_it_looks_for(line, look):
    assert look(ast.parse(line)) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "Exists(Clock.objects.filter(case=OuterRef('pk')))",
        "Subquery(Case.objects.narrowed(agency=1).values('pk'))",
        "Exists(Statement.objects.filter(pk=1))",
        "frozen.extra(1)",
    ],
)
def test_the_lint_leaves_what_is_sound(line):
    tree = ast.parse(line)
    assert (raw_sql(tree), untied(tree), bare_query(tree)) == ([], [], [])


def test_the_list_of_scoped_models_is_whole():
    from django.apps import apps

    from hoiam.core.scope import ScopedQuerySet

    found = {
        model.__name__
        for model in apps.get_models()
        if isinstance(model._default_manager.all(), ScopedQuerySet)
    }
    assert found == SCOPED
