"""One class a kind of text: what all share stands in `Text`, what one kind alone has stands with it.

Pages are drafts and their history. What the public reads is an `Article` of the newsroom, written when a text is published.
"""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester

from hoiam.newsroom.models import Article
from hoiam.newsroom.states.articles import ArticleKind
from hoiam.workbench.forms.text import TextForm
from hoiam.workbench.models.blocks import BodyBlock
from hoiam.workbench.snapshots import agency_of, preview

HEADING = [FieldPanel("title", heading="Tên bài", classname="title"), FieldPanel("lead")]
BODY = [FieldPanel("body", heading="Nội dung")]
COVER = MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading="Ảnh đại diện")
WRITERS = MultiFieldPanel(
    [FieldPanel("writers"), FieldPanel("other_writers"), FieldPanel("byline")], heading="Tác giả"
)
PLACING = MultiFieldPanel(
    [FieldPanel("section"), FieldRowPanel([FieldPanel("theme"), FieldPanel("campaign")])],
    heading="Đứng ở đâu trên cổng",
)
COMING_DOWN = MultiFieldPanel([FieldPanel("names_debtor"), FieldPanel("down_at")], heading="Hạ bài")
SOURCE = MultiFieldPanel([FieldPanel("source_name"), FieldPanel("source_url")], heading="Nguồn")


def tabs(own: list[Any]) -> TabbedInterface:
    """The editor's form: the text, then where and how long it stands; remarks are open on both."""
    return TabbedInterface(
        [
            ObjectList([*HEADING, *own, *BODY, COVER], heading="Bài viết"),
            ObjectList([PLACING, WRITERS, COMING_DOWN, SOURCE], heading="Đăng và hạ"),
            ObjectList([CommentPanel()], heading="Góp ý"),
        ],
        base_form_class=TextForm,
    )


class Text(Page):
    """What every kind of text has."""

    kind: ClassVar[str]
    # Fields that must be filled before it is sent for review, with the sentence that asks for each.
    needed: ClassVar[dict[str, str]] = {}
    # What only one kind has, by the names under which the portal shows it.
    own_facts: ClassVar[dict[str, str]] = {}

    lead = models.TextField("sa pô", blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name="nội dung")
    section = models.ForeignKey(
        "newsroom.Section",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="chuyên mục",
    )
    theme = models.PositiveSmallIntegerField(
        "chủ đề trọng tâm",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    campaign = models.ForeignKey(
        "newsroom.Article",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="thuộc đợt truyền thông",
    )
    writers = models.JSONField("tác giả trong ngành", default=list, blank=True)
    other_writers = models.TextField(
        "tác giả khác", blank=True, help_text="Mỗi dòng một người hoặc bút danh."
    )
    byline = models.CharField(
        "tên ghi dưới bài",
        max_length=300,
        blank=True,
        help_text="Bỏ trống thì ghi tên các tác giả ở trên.",
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="ảnh đại diện",
    )
    cover_alt = models.CharField("ảnh đại diện cho thấy gì", max_length=300, blank=True)
    names_debtor = models.BooleanField(
        "có nêu tên người phải thi hành án",
        default=False,
        help_text="Đánh dấu thì phải đặt giờ hạ bài. Căn cứ để công khai hết hoặc thông tin thay đổi thì sửa, gỡ trong hạn CK-02 "
        "(NĐ 152/2026 Điều 23 khoản 2); đăng quyết định chưa có điều kiện thi hành theo hạn CK-01 (khoản 1).",
    )
    down_at = models.DateTimeField(
        "hạ bài lúc",
        null=True,
        blank=True,
        help_text="Từ giờ này bài tự xuống khỏi cổng. Viết ngày/tháng/năm giờ:phút, ví dụ 31/12/2026 17:00.",
    )
    source_name = models.CharField("nguồn", max_length=200, blank=True)
    source_url = models.URLField("đường dẫn nguồn", max_length=1000, blank=True)
    # The submission it was written from ("submission:12"), if any.
    material = models.CharField(max_length=80, blank=True, editable=False)

    parent_page_types = ["workbench.Branch"]
    subpage_types: list[str] = []
    search_fields = Page.search_fields
    base_form_class = TextForm

    class Meta:
        abstract = True

    @property
    def page_key(self) -> str:
        """The name under which the newsroom knows what is published of this page."""
        return f"workbench:{self.pk}"

    def permissions_for_user(self, user: Any) -> "TextRights":
        """What may be done with the page in Wagtail's own views."""
        return TextRights(user, self)

    def facts(self) -> dict[str, Any]:
        """What only this kind has, as the portal names it."""
        found = {name: getattr(self, field) for name, field in self.own_facts.items()}
        return {name: _plain(value) for name, value in found.items() if value not in (None, "")}

    def get_url(self, request: Any = None, current_site: Any = None) -> str | None:
        """Where the public reads it; None while it does not stand there."""
        if not self.live:
            return None
        rows = Article.objects.system("published: everybody may read it")
        slug = rows.filter(page_key=self.page_key).values_list("slug", flat=True).first()
        return f"/bai/{slug}/" if slug else None

    def get_full_url(self, request: Any = None) -> str | None:
        """The same."""
        return self.get_url(request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as readers will see it."""
        return preview(self, agency_of(self))


class TextRights(PagePermissionTester):
    """Drafts are removed by whoever may change them; what once stood on the portal is kept with its history."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Not once it was published."""
        return self.page.first_published_at is None and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        """As long as its branch is in scope; where to is asked of the other branch."""
        return self.can_edit()


def _plain(value: Any) -> Any:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


class NewsPage(Text):
    """Tin, bài."""

    kind = ArticleKind.ARTICLE
    edit_handler = tabs([])

    class Meta:
        verbose_name = "tin, bài"
        verbose_name_plural = "tin, bài"


class PhotoPage(Text):
    """Phóng sự ảnh."""

    kind = ArticleKind.PHOTOS
    edit_handler = tabs([])

    class Meta:
        verbose_name = "phóng sự ảnh"
        verbose_name_plural = "phóng sự ảnh"


class VideoPage(Text):
    """A video that stands elsewhere: we lead to it and say what it shows."""

    kind = ArticleKind.VIDEO
    own_facts = {"video_url": "video_url", "video_minutes": "video_minutes"}
    video_url = models.URLField("đường dẫn video", max_length=1000, blank=True)
    video_minutes = models.PositiveSmallIntegerField("dài mấy phút", null=True, blank=True)
    edit_handler = tabs([FieldRowPanel([FieldPanel("video_url"), FieldPanel("video_minutes")])])
    needed = {"video_url": "Ghi đường dẫn của video."}

    class Meta:
        verbose_name = "video"
        verbose_name_plural = "video"


class DocumentPage(Text):
    """Văn bản: number, date, signer, whole text as a file."""

    kind = ArticleKind.DOCUMENT
    own_facts = {
        name: name for name in ("number", "dated", "in_force", "issuer", "signer", "signer_title")
    }
    number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    dated = models.DateField("ngày ban hành", null=True, blank=True)
    in_force = models.DateField("có hiệu lực từ", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="tệp toàn văn",
    )
    edit_handler = tabs(
        [
            FieldRowPanel([FieldPanel("number"), FieldPanel("issuer")]),
            FieldRowPanel([FieldPanel("dated"), FieldPanel("in_force")]),
            FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_title")]),
            FieldPanel("file"),
        ]
    )
    needed = {
        "number": "Ghi số, ký hiệu văn bản.",
        "dated": "Ghi ngày ban hành.",
        "signer": "Ghi người ký.",
        "file": "Chọn tệp toàn văn.",
    }

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"


class CampaignPage(Text):
    """Đợt truyền thông."""

    kind = ArticleKind.CAMPAIGN
    own_facts = {"starts_on": "starts_on", "ends_on": "ends_on"}
    starts_on = models.DateField("bắt đầu", null=True, blank=True)
    ends_on = models.DateField("kết thúc", null=True, blank=True)
    edit_handler = tabs([FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])])
    needed = {"starts_on": "Ghi ngày bắt đầu đợt truyền thông."}

    class Meta:
        verbose_name = "đợt truyền thông"
        verbose_name_plural = "đợt truyền thông"


class ExpertPage(Text):
    """Chuyên gia."""

    kind = ArticleKind.EXPERT
    own_facts = {"position": "position", "fields": "fields_of_work"}
    position = models.CharField("chức danh, nơi làm việc", max_length=200, blank=True)
    fields_of_work = models.CharField("lĩnh vực", max_length=200, blank=True)
    edit_handler = tabs([FieldPanel("position"), FieldPanel("fields_of_work")])
    needed = {"position": "Ghi chức danh, nơi làm việc của chuyên gia."}

    class Meta:
        verbose_name = "chuyên gia"
        verbose_name_plural = "chuyên gia"


class QuestionPage(Text):
    """Hỏi đáp pháp luật: the title is the question in short, the body the answer."""

    kind = ArticleKind.QUESTION
    own_facts = {"question": "question", "law_version": "law_version"}
    question = models.TextField("câu hỏi", blank=True)
    law_version = models.CharField(
        "trả lời theo văn bản",
        max_length=300,
        blank=True,
        help_text="Tên, số, ngày của văn bản pháp luật làm căn cứ.",
    )
    edit_handler = tabs([FieldPanel("question"), FieldPanel("law_version")])
    needed = {
        "question": "Ghi câu hỏi.",
        "law_version": "Ghi văn bản pháp luật làm căn cứ trả lời.",
    }

    class Meta:
        verbose_name = "hỏi đáp pháp luật"
        verbose_name_plural = "hỏi đáp pháp luật"


class ReleasePage(Text):
    """Thông cáo báo chí."""

    kind = ArticleKind.RELEASE
    own_facts = {"number": "number", "spokesperson": "spokesperson"}
    number = models.CharField("số thông cáo", max_length=80, blank=True)
    spokesperson = models.CharField("người phát ngôn", max_length=200, blank=True)
    edit_handler = tabs([FieldRowPanel([FieldPanel("number"), FieldPanel("spokesperson")])])

    class Meta:
        verbose_name = "thông cáo báo chí"
        verbose_name_plural = "thông cáo báo chí"


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
    edit_handler = tabs([FieldPanel("corrects")])
    needed = {"corrects": "Chọn bài được đính chính."}

    class Meta:
        verbose_name = "đính chính"
        verbose_name_plural = "đính chính"


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
