"""Rows of the scheme room."""

from hoiam.scheme.models.agreement import (
    Acceptance,
    Agreement,
    AgreementContact,
    AgreementParty,
    AgreementReview,
    Clause,
    ClauseResult,
)
from hoiam.scheme.models.budget import Allotment, BudgetLine, BudgetPlan, Spending
from hoiam.scheme.models.difficulty import Difficulty
from hoiam.scheme.models.explanation import ExplanationRequest, Reminder
from hoiam.scheme.models.network import (
    Contribution,
    Contributor,
    Expert,
    ExpertInvitation,
    ExpertWork,
)
from hoiam.scheme.models.product import Product
from hoiam.scheme.models.progress import Progress, TaskReminder
from hoiam.scheme.models.report import IndicatorReport
from hoiam.scheme.models.reward import Reward, RewardList
from hoiam.scheme.models.round import ReportRound, RoundSection
from hoiam.scheme.models.scheme import Scheme, SourcePaper, Theme
from hoiam.scheme.models.synthesis import Synthesis, SynthesisPart
from hoiam.scheme.models.task import Assignment, Quota, Task
from hoiam.scheme.models.theme_mark import ThemeMark
from hoiam.scheme.models.training import (
    Trainee,
    Training,
    TrainingDocument,
    TrainingNeed,
    TrainingPlan,
)
from hoiam.scheme.models.unit_report import (
    ReportChase,
    ReportExplanation,
    ReportScan,
    ReportUpload,
    ReportVersion,
    ScoreRule,
    ScoreWaiver,
    UnitReport,
)

__all__ = [
    "Acceptance",
    "Agreement",
    "AgreementContact",
    "AgreementParty",
    "AgreementReview",
    "Allotment",
    "Assignment",
    "BudgetLine",
    "BudgetPlan",
    "Clause",
    "ClauseResult",
    "Contribution",
    "Contributor",
    "Difficulty",
    "Expert",
    "ExpertInvitation",
    "ExpertWork",
    "ExplanationRequest",
    "IndicatorReport",
    "Product",
    "Progress",
    "Quota",
    "Reminder",
    "ReportChase",
    "ReportExplanation",
    "ReportRound",
    "ReportScan",
    "ReportUpload",
    "ReportVersion",
    "Reward",
    "RewardList",
    "RoundSection",
    "Scheme",
    "ScoreRule",
    "ScoreWaiver",
    "SourcePaper",
    "Spending",
    "Synthesis",
    "SynthesisPart",
    "Task",
    "TaskReminder",
    "Theme",
    "ThemeMark",
    "Trainee",
    "Training",
    "TrainingDocument",
    "TrainingNeed",
    "TrainingPlan",
    "UnitReport",
]
