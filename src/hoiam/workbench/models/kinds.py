"""One class a kind of text: its own fields, what of them the portal shows, what must be filled before it is sent."""

from typing import Any

from django.db import models

from hoiam.newsroom.states.articles import ArticleKind
from hoiam.workbench.models.pages import Text


def _named(name: str) -> type:
    """The kind's name, the same for one and for many."""
    return type("Meta", (), {"verbose_name": name, "verbose_name_plural": name})


def _line(label: str, length: int, **more: Any) -> models.CharField:
    """One line that may stay empty in a draft."""
    return models.CharField(label, max_length=length, blank=True, **more)


def _day(label: str) -> models.DateField:
    return models.DateField(label, null=True, blank=True)


def _shown(*names: str, **others: str) -> dict[str, str]:
    """Facts by the names under which the portal shows them: the field's own, or another one."""
    return {name: name for name in names} | others


class NewsPage(Text):
    """Tin, bài."""

    kind = ArticleKind.ARTICLE
    Meta = _named("tin, bài")


class PhotoPage(Text):
    """Phóng sự ảnh."""

    kind = ArticleKind.PHOTOS
    Meta = _named("phóng sự ảnh")


class VideoPage(Text):
    """A video that stands elsewhere: we lead to it and say what it shows."""

    kind = ArticleKind.VIDEO
    video_url = models.URLField("đường dẫn video", max_length=1000, blank=True)
    video_minutes = models.PositiveSmallIntegerField("dài mấy phút", null=True, blank=True)
    own_facts = _shown("video_url", "video_minutes")
    own_rows = (("video_url", "video_minutes"),)
    needed = {"video_url": "Ghi đường dẫn của video."}
    Meta = _named("video")


class DocumentPage(Text):
    """Văn bản: number, date, signer, whole text as a file."""

    kind = ArticleKind.DOCUMENT
    number = _line("số, ký hiệu", 80)
    dated = _day("ngày ban hành")
    in_force = _day("có hiệu lực từ")
    issuer = _line("cơ quan ban hành", 200)
    signer = _line("người ký", 120)
    signer_title = _line("chức vụ người ký", 120)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="tệp toàn văn",
    )
    own_facts = _shown("number", "dated", "in_force", "issuer", "signer", "signer_title")
    own_rows = (("number", "issuer"), ("dated", "in_force"), ("signer", "signer_title"), "file")
    needed = {
        "number": "Ghi số, ký hiệu văn bản.",
        "dated": "Ghi ngày ban hành.",
        "signer": "Ghi người ký.",
        "file": "Chọn tệp toàn văn.",
    }
    Meta = _named("văn bản")


class CampaignPage(Text):
    """Đợt truyền thông."""

    kind = ArticleKind.CAMPAIGN
    starts_on = _day("bắt đầu")
    ends_on = _day("kết thúc")
    own_facts = _shown("starts_on", "ends_on")
    own_rows = (("starts_on", "ends_on"),)
    needed = {"starts_on": "Ghi ngày bắt đầu đợt truyền thông."}
    Meta = _named("đợt truyền thông")


class ExpertPage(Text):
    """Chuyên gia."""

    kind = ArticleKind.EXPERT
    position = _line("chức danh, nơi làm việc", 200)
    fields_of_work = _line("lĩnh vực", 200)
    own_facts = _shown("position", fields="fields_of_work")
    own_rows = ("position", "fields_of_work")
    needed = {"position": "Ghi chức danh, nơi làm việc của chuyên gia."}
    Meta = _named("chuyên gia")


class QuestionPage(Text):
    """Hỏi đáp pháp luật: the title is the question in short, the body the answer."""

    kind = ArticleKind.QUESTION
    question = models.TextField("câu hỏi", blank=True)
    law_version = _line(
        "trả lời theo văn bản", 300, help_text="Tên, số, ngày của văn bản pháp luật làm căn cứ."
    )
    own_facts = _shown("question", "law_version")
    own_rows = ("question", "law_version")
    needed = {
        "question": "Ghi câu hỏi.",
        "law_version": "Ghi văn bản pháp luật làm căn cứ trả lời.",
    }
    Meta = _named("hỏi đáp pháp luật")


class ReleasePage(Text):
    """Thông cáo báo chí."""

    kind = ArticleKind.RELEASE
    number = _line("số thông cáo", 80)
    spokesperson = _line("người phát ngôn", 200)
    own_facts = _shown("number", "spokesperson")
    own_rows = (("number", "spokesperson"),)
    Meta = _named("thông cáo báo chí")


class CorrectionPage(Text):
    """Đính chính: a notice of its own about something published."""

    kind = ArticleKind.CORRECTION
    corrects = models.ForeignKey(
        "newsroom.Article",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="đính chính bài",
    )
    own_rows = ("corrects",)
    needed = {"corrects": "Chọn bài được đính chính."}
    Meta = _named("đính chính")


KINDS = (
    NewsPage,
    PhotoPage,
    VideoPage,
    DocumentPage,
    CampaignPage,
    ExpertPage,
    QuestionPage,
    ReleasePage,
    CorrectionPage,
)
