"""The words of what is sent: a letter, a push line, a chat line, the body of a webhook."""

from collections.abc import Sequence
from typing import Any

from hoiam.kit.vietnamese import show_datetime, show_number
from hoiam.monitoring.addresses import acknowledge_address, path_of, story_path, whole
from hoiam.monitoring.models import Delivery, Notice, Warning
from hoiam.monitoring.states import NoticeKind, Severity

FOOT = "Thư này không chứa nội dung hồ sơ. Cách nhận tin của bạn: {address}"


def severity_label(severity: int) -> str:
    """The word of a severity, as every page shows it."""
    return str(Severity(str(severity)).label)


def warning_text(warning: Warning) -> str:
    """What a notice says of a warning: whose it is, how grave, why, by when."""
    place = warning.agency or "chưa xác định, đề nghị trung ương chỉ định"
    due = f"\nSàng lọc trước {show_datetime(warning.due_at)}." if warning.due_at else ""
    return f"Đơn vị: {place}. Mức độ: {severity_label(warning.severity)}.\n{warning.why}{due}"


def subject_of(notice: Notice) -> str:
    """The subject line: the severity or the kind first, so that it is read in the list of letters."""
    mark = NoticeKind(notice.kind).label
    if notice.kind == NoticeKind.RAISED:
        mark = severity_label(notice.severity)
    return f"[{mark}] {notice.title}"


def letter_of(notice: Notice) -> str:
    """The whole letter, with the link to the page and the one that acknowledges."""
    parts = [notice.title, notice.text]
    if notice.path:
        parts.append(f"Mở để xem và xử lý (cần đăng nhập): {whole(notice.path)}")
    if notice.warning_id and notice.official_id:
        parts.append(f"Báo “Đã nhận” không cần đăng nhập: {acknowledge_address(notice.pk)}")
    return "\n\n".join([*filter(None, parts), foot()]) + "\n"


def foot() -> str:
    """The last line of every letter."""
    return FOOT.format(address=whole(path_of("desk-notice-choice")))


def payload_of(notice: Notice) -> dict[str, str]:
    """What every personal carrier may need of a notice; the letter is the longest form of it."""
    return {
        "subject": subject_of(notice),
        "text": letter_of(notice),
        "title": f"{NoticeKind(notice.kind).label}: {severity_label(notice.severity)}"
        if notice.warning_id
        else str(NoticeKind(notice.kind).label),
        "body": notice.title[:300],
        "path": notice.path,
        "tag": f"notice-{notice.pk}",
    }


def bundle_of(deliveries: Sequence[Delivery]) -> dict[str, str]:
    """One letter for what quiet hours held back, oldest first; each with what became of it meanwhile."""
    count = show_number(len(deliveries))
    lines = []
    for order, delivery in enumerate(deliveries, start=1):
        notice = delivery.notice
        state = f" Hiện nay: {notice.warning.get_state_display()}." if notice.warning else ""
        link = f"\n   {whole(notice.path)}" if notice.path else ""
        lines.append(f"{order}. {subject_of(notice)}\n   {show_datetime(notice.at)}.{state}{link}")
    subject = f"{count} thông báo trong giờ yên lặng"
    return {
        "subject": subject,
        "text": "\n\n".join([f"{subject}:", *lines, foot()]) + "\n",
        "title": subject,
        "body": deliveries[0].notice.title[:300],
        "path": path_of("desk-notices"),
        "tag": f"bundle-{deliveries[0].pk}",
    }


def event_of(warning: Warning, event: str, words: str) -> dict[str, Any]:
    """The body of a webhook: published facts only, nothing of a case and no name of an official."""
    story = warning.story
    return {
        "event": event,
        "warning": warning.pk,
        "severity": warning.severity,
        "severity_label": severity_label(warning.severity),
        "agency": {"code": warning.agency.code, "name": warning.agency.name}
        if warning.agency
        else None,
        "story": {"title": story.title, "items": story.item_count, "outlets": story.outlet_count},
        "reason": words,
        "raised_at": warning.at.isoformat(),
        "screen_by": warning.due_at.isoformat() if warning.due_at else None,
        "url": whole(story_path(warning.story_id)),
    }


def short_text(warning: Warning, address: str) -> str:
    """What is pasted into a chat or sent to one: no title, for a title may name people; the reader signs in to see."""
    story = warning.story
    place = warning.agency or "chưa rõ đơn vị"
    counts = f"{show_number(story.item_count)} bài, {show_number(story.outlet_count)} báo"
    lines = [
        f"{severity_label(warning.severity)}: báo chí nói về {place} ({counts}).",
        f"Sàng lọc trước {show_datetime(warning.due_at)}." if warning.due_at else "",
        f"Xem (cần đăng nhập): {address}",
    ]
    return "\n".join(line for line in lines if line)
