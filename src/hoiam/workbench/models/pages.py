"""What every kind of text shares; what one kind alone has stands in kinds.py.

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


def _row(names: str | tuple[str, ...]) -> Any:
    if isinstance(names, str):
        return FieldPanel(names)
    return FieldRowPanel([FieldPanel(name) for name in names])


class Text(Page):
    """What every kind of text has."""

    kind: ClassVar[str]
    # Fields that must be filled before it is sent for review, with the sentence that asks for each.
    needed: ClassVar[dict[str, str]] = {}
    # What only one kind has, by the names under which the portal shows it.
    own_facts: ClassVar[dict[str, str]] = {}
    # The same in the editor's form: a name a line, or several beside each other.
    own_rows: ClassVar[tuple[str | tuple[str, ...], ...]] = ()

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

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Each kind gets the editor's form of its own rows."""
        super().__init_subclass__(**kwargs)
        cls.edit_handler = tabs([_row(names) for names in cls.own_rows])

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
