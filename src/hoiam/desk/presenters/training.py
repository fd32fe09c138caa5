"""Training as its pages draw it: tabs, the light of a session."""

from datetime import date

from django.urls import reverse

from hoiam.desk.components import Lamp
from hoiam.desk.presenters.spokespersons import Tab
from hoiam.kit.vietnamese import show_number
from hoiam.scheme.models import Training
from hoiam.scheme.states.training import TrainingState

TABS = (
    ("planned", "Dự kiến"),
    ("held", "Đã tổ chức"),
    ("cancelled", "Không tổ chức"),
    ("never", "Chưa từng tập huấn"),
    ("units", "Theo đơn vị"),
)


def training_tabs(current: str) -> list[Tab]:
    """The tabs under Tập huấn."""
    base = reverse("desk-trainings")
    shown = [Tab(f"{base}?tab={key}", label, key == current) for key, label in TABS]
    shown.insert(3, Tab(reverse("desk-training-needs"), "Nhu cầu", current == "needs"))
    shown.insert(4, Tab(reverse("desk-training-plans"), "Kế hoạch năm", current == "plans"))
    return shown


def training_light(training: Training, today: date) -> Lamp:
    """Planned sessions count the days until they begin; one that should have been held waits for its record."""
    if training.state == TrainingState.HELD:
        return Lamp("ok", "done", "đã tổ chức")
    if training.state == TrainingState.CANCELLED:
        return Lamp("ok", "pause", "không tổ chức")
    left = (training.starts_on - today).days
    if left > 0:
        return Lamp("ok", "wait", f"còn {show_number(left)} ngày")
    if (training.ends_on or training.starts_on) >= today:
        return Lamp("due", "run", "đang diễn ra" if left else "mở lớp hôm nay")
    return Lamp("late", "wait", "đã qua ngày, chưa ghi kết quả")
