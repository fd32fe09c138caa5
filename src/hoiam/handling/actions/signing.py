"""In which form a paper may be signed, by whom, and on what (NĐ 30/2020/NĐ-CP Điều 13; papers.md §3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.models import Paper
from hoiam.kit.papers import signing
from hoiam.kit.vietnamese import show_date, squash

LABELS = {
    "regulation": "Quy chế cho ký thừa lệnh",
    "authority_number": "Số, ký hiệu văn bản ủy quyền",
    "authority_content": "Nội dung được ủy quyền",
    "authority_from": "Ủy quyền từ ngày",
    "authority_to": "Ủy quyền đến ngày",
}


@dataclass(frozen=True)
class Signing:
    """How a paper is signed: the form, the post signed for, and the basis shown (texts and dates by name)."""

    form: str = "none"
    for_whom: str = ""
    basis: Mapping[str, Any] | None = None

    def kept(self) -> dict[str, str]:
        """The basis as the paper keeps it."""
        wanted = signing()["forms"][self.form].get("basis", ())
        given = self.basis or {}
        return {name: _shown(given.get(name)) for name in wanted}


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else squash(str(value or ""))


def forms_open_to(actor: Actor, paper: Paper) -> list[str]:
    """The signing forms this person's posts at the agency allow, in the order of the decree."""
    posts = {post.role for post in actor.posts if post.agency_id == paper.agency_id}
    forms: Mapping[str, Any] = signing()["forms"]
    barred = {"TUQ"} if paper.kind in signing()["never_by_authority"] else set()
    return [
        name for name, form in forms.items() if posts & set(form["posts"]) and name not in barred
    ]


def check_signing(paper: Paper, how: Signing, *, actor: Actor, today: date) -> None:
    """Nothing, when the person may sign this paper in this form today.

    Raises:
        InvalidInput: an unknown form, a post that may not use it, nobody named, or no valid basis.
    """
    form = signing()["forms"].get(how.form)
    if form is None:
        raise InvalidInput("Chọn hình thức ký.", "signing_form")
    _check_post(paper, how, form, actor)
    if form["for_whom"] and not how.for_whom.strip():
        words = "tập thể" if how.form == "TM" else "chức vụ của người"
        raise InvalidInput(f"Ký {how.form}. phải ghi {words} được ký thay.", "signing_for")
    if how.form == "TM" and not how.for_whom.strip().startswith(tuple(signing()["collective"])):
        raise InvalidInput(
            "Ký TM. chỉ dùng cho tập thể (ban, hội đồng, ủy ban, tổ, đoàn). Ghi tên tập thể đó, hoặc chọn "
            "hình thức ký khác.",
            "signing_for",
        )
    _check_basis(how, form, today)


def _check_post(paper: Paper, how: Signing, form: Mapping[str, Any], actor: Actor) -> None:
    if how.form == "TUQ" and paper.kind in signing()["never_by_authority"]:
        raise InvalidInput(
            "Người được ủy quyền không được ủy quyền lại, nên giấy ủy quyền không ký TUQ.",
            "signing_form",
        )
    if not any(actor.has_role(role, agency_id=paper.agency_id) for role in form["posts"]):
        open_to = ", ".join(
            str(signing()["forms"][n]["label"]) for n in forms_open_to(actor, paper)
        )
        raise InvalidInput(
            f"{form['limit']}. Với chức vụ của bạn, chọn: {open_to or 'không có hình thức nào'}.",
            "signing_form",
        )


def _check_basis(how: Signing, form: Mapping[str, Any], today: date) -> None:
    given = how.basis or {}
    lacking = [name for name in form.get("basis", ()) if not given.get(name)]
    if lacking:
        labels = "; ".join(LABELS[name] for name in lacking)
        raise InvalidInput(f"Ký {how.form}. phải có căn cứ. Còn thiếu: {labels}.", lacking[0])
    first, last = given.get("authority_from"), given.get("authority_to")
    if how.form == "TUQ" and first and last and not first <= today <= last:
        raise InvalidInput(
            f"Văn bản ủy quyền chỉ có giá trị từ {show_date(first)} đến {show_date(last)}, hôm nay là "
            f"{show_date(today)}. Trình thủ trưởng ký hoặc xin ủy quyền mới.",
            "authority_to",
        )


def first_form(actor: Actor, paper: Paper) -> str:
    """The form a person's post calls for first: a deputy signs KT., the head by himself."""
    is_deputy = actor.has_role(Role.DEPUTY, agency_id=paper.agency_id)
    is_head = actor.has_role(Role.HEAD, agency_id=paper.agency_id)
    return "KT" if is_deputy and not is_head else next(iter(forms_open_to(actor, paper)), "none")
