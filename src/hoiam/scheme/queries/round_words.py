"""Letters of a round in words: what is asked, until when, and what a unit that has not sent is told."""

from hoiam.kit.papers.report_form import FormSpec
from hoiam.kit.vietnamese import show_date
from hoiam.scheme.models import ReportRound, SourcePaper
from hoiam.scheme.queries.round_forms import due_words
from hoiam.scheme.queries.standing import Standing


def order_words(round_: ReportRound) -> str:
    """The paper that orders the reports: "Công văn số 3288/TCTHADS-VP ngày 06/09/2023", "" when none is named."""
    if not round_.paper_number:
        return ""
    day = f" ngày {show_date(round_.paper_on)}" if round_.paper_on else ""
    issuer = _issuer(round_)
    return f"Văn bản số {round_.paper_number}{day}{f' của {issuer}' if issuer else ''}"


def _issuer(round_: ReportRound) -> str:
    """Who issued the ordering paper: as confirmed on the paper that was brought in, else the owner of the round."""
    if round_.paper_id is None:
        return round_.owner.full_name
    papers = SourcePaper.objects.system("a round names who issued its own paper")
    heads = papers.filter(pk=round_.paper_id).values_list("confirmed__head", flat=True)
    return (heads.first() or {}).get("issuer") or ""


def opening_letter(round_: ReportRound, form: FormSpec) -> str:
    """The letter that tells a unit of a round."""
    lines = [
        f"{round_.owner} yêu cầu báo cáo: {round_.title}.",
        order_words(round_),
        f"Hạn gửi: {due_words(round_)}.",
        f"Hình thức: {round_.channel}." if round_.channel else "",
        f"Báo cáo gồm {len(form.sections)} mục.",
        round_.guidance,
    ]
    return "\n".join(line for line in lines if line)


def chase_letter(round_: ReportRound, standing: Standing, text: str = "") -> str:
    """The letter to a unit that has not sent, as it will go out."""
    lines = [
        f"Báo cáo “{round_.title}” của đơn vị: {standing.words.lower()}.",
        order_words(round_),
        f"Hạn gửi: {due_words(round_)}.",
        f"Lời đôn đốc của {round_.owner}: {text.strip()}" if text.strip() else "",
        "Báo cáo nộp chậm, sai hoặc thiếu có thể bị trừ điểm thi đua của đơn vị.",
    ]
    return "\n".join(line for line in lines if line)
