"""Who takes a sealed file out, has pages captured for a case, and hands a dossier over."""

from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Case, Dossier, Evidence
from hoiam.handling.policies.roles import DESK, at_case, in_scope, verifies
from hoiam.monitoring.models import Capture


@policy(
    Evidence,
    "take_evidence",
    refusal="Chỉ người có phần trong hồ sơ hoặc cấp trên được tải chứng cứ.",
)
def _take(actor: Actor, file: Evidence) -> bool:
    return in_scope(actor, file.case)


@policy(
    Dossier,
    "take_dossier",
    refusal="Chỉ bàn trực hoặc lãnh đạo của cơ quan xử lý hồ sơ được tải lại bộ hồ sơ đã xuất.",
)
def _take_dossier(actor: Actor, dossier: Dossier) -> bool:
    return at_case(actor, dossier.case, DESK)


@policy(
    Capture,
    "take_capture",
    refusal="Chỉ người đang giữ một vị trí công tác được tải bản chụp.",
)
def _take_capture(actor: Actor, capture: Capture) -> bool:
    # Which captures are in sight is the query's matter: they hang on reports, cases and versions.
    return bool(actor.posts)


@policy(
    Case,
    "capture_page",
    "plan_captures",
    "stop_captures",
    refusal="Chỉ người xác minh hoặc bàn trực của hồ sơ được cho chụp trang.",
)
def _shoot(actor: Actor, case: Case) -> bool:
    return verifies(actor, case)


@policy(
    Case,
    "export_dossier",
    refusal="Chỉ bàn trực hoặc lãnh đạo của cơ quan xử lý hồ sơ được xuất hồ sơ chứng cứ.",
)
def _export(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, DESK)
