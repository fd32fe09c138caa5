"""Training as Word files: the plan of a year, the list of who takes part in a session."""

from collections.abc import Iterable
from datetime import date, datetime

from hoiam.core.errors import InvalidInput
from hoiam.kit.papers import write
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.scheme.actions.paper_head import BLANK, head_of_paper
from hoiam.scheme.models import Trainee, Training, TrainingPlan
from hoiam.scheme.states.training import TraineeRole, TrainingState

# What the form wants said when nobody has written it: to be filled on paper.
PURPOSE = ("Nâng cao kỹ năng, nghiệp vụ của người làm công tác truyền thông, người phát ngôn, cộng tác viên.",)  # fmt: skip
TASKS = ("Văn phòng chuẩn bị nội dung, mời giảng viên, tổng hợp kết quả.",)


def plan_word(plan: TrainingPlan, *, now: datetime) -> bytes:
    """The plan in the state form.

    Raises:
        InvalidInput: no session is in it.
    """
    sessions = plan.trainings.exclude(state=TrainingState.CANCELLED).order_by("starts_on", "pk")
    if not sessions:
        raise InvalidInput("Kế hoạch chưa có lớp nào. Thêm lớp rồi tải Word.")
    purpose = [line.strip() for line in plan.purpose.splitlines() if line.strip()]
    fields = {
        "year": str(plan.year),
        "purpose": purpose or PURPOSE,
        "sessions": [
            {"title": each.title, "who": role_words(each), "when": days_words(each), "where": each.place or BLANK}
            for each in sessions
        ],
        "tasks": TASKS,
    }  # fmt: skip
    return write("training_plan", head_of_paper(plan.agency, _today(now)) | fields)


def list_word(training: Training, people: Iterable[Trainee], *, now: datetime) -> bytes:
    """The list of who takes part, as far as the reader may see it.

    Raises:
        InvalidInput: nobody is on it.
    """
    rows = [
        {
            "name": each.full_name,
            "title": each.title,
            "unit": each.agency.name,
            "note": _note(each),
        }
        for each in people
    ]
    if not rows:
        raise InvalidInput("Danh sách chưa có ai. Thêm người dự rồi tải Word.")
    fields = {
        "course": training.title,
        "days": days_words(training),
        "venue": training.place,
        "trainer": training.trainer,
        "people": rows,
    }
    return write("training_list", head_of_paper(training.agency, _today(now)) | fields)


def days_words(training: Training) -> str:
    """As “ngày 12/08/2026” or "từ ngày … đến ngày …"."""
    first, last = training.starts_on, training.ends_on
    if last is None or last == first:
        return f"ngày {show_date(first)}"
    return f"từ ngày {show_date(first)} đến ngày {show_date(last)}"


def role_words(training: Training) -> str:
    """For whom it is, in words."""
    labels = dict(TraineeRole.choices)
    return ", ".join(str(labels[role]) for role in training.for_roles if role in labels)


def _note(trainee: Trainee) -> str:
    parts = [str(trainee.get_role_display())]
    if trainee.is_present is False:
        parts.append("vắng")
    if trainee.result:
        parts.append(str(trainee.get_result_display()).lower())
    return ", ".join(parts)


def _today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()
