"""The desk's parts: what they escape, what they say, what they refuse."""

import re
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Engine
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

import hoiam.desk
from hoiam.desk.components import Action, Lamp, NewsRow, Step, TileFigure, WorkRow
from hoiam.desk.moments import say_day, say_moment
from hoiam.kit.vietnamese import VIETNAM

ROOM = Path(hoiam.desk.__file__).parent
FIELD_FIRST = re.compile(r'action="\{\{ (?:do|form|each|act)\.url \}\}"')
NOW = datetime(2026, 9, 10, 7, 34, tzinfo=VIETNAM)
ATTACK = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"

ENGINE = Engine(
    dirs=[str(ROOM / "templates")],
    libraries={
        "desk": "hoiam.desk.templatetags.desk",
        "static": "django.templatetags.static",
        "django_htmx": "django_htmx.templatetags.django_htmx",
    },
)


def render(source, **values):
    """The template text, rendered with the desk's tags loaded."""
    return ENGINE.from_string("{% load desk %}" + source).render(Context(values))


def visible(html):
    """The words of a piece of HTML, tags left out, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- lamps and severity


@pytest.mark.parametrize(
    ("time", "work", "words"),
    [
        ("ok", "wait", "còn 5 ngày"),
        ("ok", "run", "còn 5 ngày"),
        ("ok", "done", "xong đúng hạn"),
        ("due", "wait", "đến hạn hôm nay"),
        ("due", "run", "đến hạn hôm nay"),
        ("due", "done", "xong đúng hạn"),
        ("late", "wait", "quá 1 ngày"),
        ("late", "run", "quá 1 ngày"),
        ("late", "done", "xong muộn 1 ngày"),
        ("ok", "pause", "tạm dừng · còn 2 ngày"),
    ],
)
def test_lamp_says_its_words_and_wears_both_states(time, work, words):
    shown = render("{% lamp light %}", light=Lamp(time, work, words))

    capital = words[0].upper() + words[1:]
    assert shown == f'<span class="ha-lamp is-{time} is-{work}">{capital}</span>'


def test_lamp_without_words_is_never_a_bare_dot():
    assert visible(render("{% lamp light %}", light=Lamp("late", "run"))) == "Đang xử lý, quá hạn"


def test_lamp_with_a_second_line():
    shown = render("{% lamp light 'hạn 09:10' %}", light={"time": "due", "work": "run"})
    assert visible(shown) == "Đang xử lý, đến hạn hạn 09:10"


@pytest.mark.parametrize("light", [Lamp("red", "run"), Lamp("ok", "busy"), None])
def test_a_lamp_nobody_defined_raises(light):
    with pytest.raises(ValueError, match="no such lamp"):
        render("{% lamp light %}", light=light)


def test_lamp_words_are_escaped():
    assert "<script" not in render(
        "{% lamp light second %}", light=Lamp("ok", "run", ATTACK), second=ATTACK
    )


def test_matrix_cell_shows_days_and_hides_the_state_in_text():
    shown = render("{% lamp_cell light -5 %}", light=Lamp("late", "run", "quá 5 ngày"))
    assert visible(shown) == "−5 Quá 5 ngày"


@pytest.mark.parametrize(
    ("level", "word", "bars"),
    [(0, "Không phải trả lời", 0), (1, "Lưu ý", 1), (2, "Cần xác minh", 2), (3, "Nghiêm trọng", 3)],
)
def test_severity_is_bars_and_word(level, word, bars):
    shown = render("{% severity level %}", level=level)

    assert visible(shown) == word
    assert shown.count('class="is-on"') == bars


def test_severity_outside_the_scale_raises():
    with pytest.raises(ValueError, match="no such severity: 4"):
        render("{% severity 4 %}")


# --- marked words


def test_every_character_of_a_hostile_title_is_escaped():
    spans = [(0, 10, "who"), (5, 30, "what"), (20, 400, "who")]

    shown = render("{% marked text spans %}", text=ATTACK, spans=spans)

    assert re.sub(r'</?mark(?: class="ha-who")?>', "", shown).count("<") == 0
    assert "&lt;" in shown


def test_a_title_marked_safe_by_mistake_is_still_escaped():
    shown = render("{% marked text %}{% excerpt text %}", text=mark_safe("<b>x</b>"))
    assert shown == "&lt;b&gt;x&lt;/b&gt;" * 2


# --- moments


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (datetime(2026, 9, 10, 6, 52, tzinfo=VIETNAM), "06:52 hôm nay"),
        (datetime(2026, 9, 9, 21, 40, tzinfo=VIETNAM), "21:40 hôm qua"),
        (datetime(2026, 9, 8, 21, 40, tzinfo=VIETNAM), "21:40 hôm kia"),
        (datetime(2026, 9, 11, 9, 0, tzinfo=VIETNAM), "09:00 ngày mai"),
        (datetime(2026, 9, 1, 16, 2, tzinfo=VIETNAM), "16:02 01/09"),
        (datetime(2025, 12, 31, 16, 2, tzinfo=VIETNAM), "16:02 31/12/2025"),
        (date(2026, 9, 10), "hôm nay"),
        (date(2026, 9, 16), "thứ Tư 16/09"),
    ],
)
def test_moments_beside_now(value, said):
    assert say_moment(value, NOW) == said


def test_a_moment_without_offset_is_refused():
    with pytest.raises(ValueError, match="without an offset"):
        say_moment(datetime(2026, 9, 10, 6, 52), NOW)


def test_day_with_its_weekday():
    assert say_day(NOW) == "Thứ Năm, 10/09/2026"


def test_moment_filters_and_tag():
    value = datetime(2026, 4, 5, 14, 5, tzinfo=VIETNAM)
    shown = render(
        "{{ v|vdate }}·{{ v|vdatetime }}·{{ v|vtime }}·{{ none|vdate }}·{% moment v now %}",
        v=value,
        now=NOW,
        none=None,
    )
    assert shown == (
        "05/04/2026·05/04/2026 14:05·14:05··"
        '<time datetime="2026-04-05T14:05+07:00" title="14:05 Chủ nhật, 05/04/2026">14:05 05/04</time>'
    )


# --- people, tags, figures, lists


def test_person():
    me = SimpleNamespace(name="Nguyễn Thị Minh Hạnh")
    shown = render(
        "{% person none %}|{% person me me=me %}|{% person 'Lê Quang Vinh' title=t %}",
        none=None,
        me=me,
        t=ATTACK,
    )
    nobody, myself, other = shown.split("|")
    assert (nobody, myself) == ("Chưa ai nhận", "Tôi")
    assert other.startswith('<span class="ha-person">Lê Quang Vinh<small>&lt;script')


def test_law_is_outlined_and_a_default_is_not():
    shown = render("{% tag_law 'PN-02 · 24 giờ' %}{% tag_default 'mặc định 12 giờ' %}")
    assert shown == (
        '<span class="ha-tag ha-tag--law">PN-02 · 24 giờ</span><span class="ha-tag">mặc định 12 giờ</span>'
    )


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        ("11 / 12 vụ", "<b>11<small> / 12 vụ</small></b>"),
        ("9 giờ 40 phút", "<b>9<small> giờ </small>40<small> phút</small></b>"),
        ("1.234", "<b>1.234</b>"),
    ],
)
def test_kpi_shows_both_terms(value, figure):
    assert figure in render(
        "{% kpi 'Phát ngôn đúng hạn' value url='#' period='7 ngày qua' %}", value=value
    )


def test_steps_say_where_we_are():
    steps = [Step("Tiếp nhận", "past", "07:45 09/09"), Step("Xác minh", "now"), Step("Dự thảo")]
    shown = render("{% steps steps %}", steps=steps)
    assert visible(shown) == "đã xong: Tiếp nhận 07:45 09/09 Xác minh bước 2 trên 3 Dự thảo"
    assert shown.count('aria-current="step"') == 1


def test_pager_keeps_the_filters():
    request = RequestFactory().get("/desk/?severity=3&page=2&q=a%26b")
    shown = render("{% pager page %}", page=Paginator(range(1331), 25).page(2), request=request)
    assert re.findall(r'href="([^"]+)"', shown) == [
        "?severity=3&amp;page=1&amp;q=a%26b",
        "?severity=3&amp;page=3&amp;q=a%26b",
    ]
    assert "Trang 2 / 54 · 1.331 dòng" in visible(shown)


def test_a_single_page_has_no_pager():
    assert render("{% pager page %}", page=Paginator(range(3), 25).page(1)).strip() == ""


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " JAVASCRIPT:x", "", None, "//x.example"]
)
def test_an_address_from_the_press_never_runs(address):
    assert render("{{ address|web_address }}", address=address) == ""


# --- rows


def test_work_row_puts_the_verb_first_and_the_act_on_its_key():
    row = WorkRow(
        Lamp("late", "run", "quá 10 giờ"),
        "Nhận bảng đối chiếu",
        ATTACK,
        "/desk/1/",
        meta=["HS 118/2026"],
        default="mặc định 12 giờ",
        holder="Tôi",
        actions=[Action("Đôn đốc", "/desk/1/chase/", key="n")],
    )
    shown = render('{% include "desk/parts/work_row.html" %}', row=row, csrf_token="t" * 32)
    assert "<script" not in shown and "<img" not in shown
    assert visible(shown).startswith("Quá 10 giờ Nhận bảng đối chiếu ·")
    assert '<button class="ha-btn" data-key="n">Đôn đốc</button>' in shown
    assert 'name="csrfmiddlewaretoken"' in shown


def test_news_row_escapes_the_press_and_asks_for_a_reason():
    row = NewsRow(
        Lamp("ok", "wait", "còn 3 giờ"),
        2,
        ATTACK,
        "/desk/2/",
        title_spans=[(0, 8, "who")],
        text=ATTACK * 9,
        spans=[(3, 40)],
        original_url="javascript:alert(1)",
        meta=[ATTACK],
        reasons=[ATTACK],
        actions=[
            Action("Không liên quan", "/x/", key="x", style="bare", reasons=[("khac", ATTACK)])
        ],
    )
    shown = render('{% include "desk/parts/news_row.html" %}', row=row, csrf_token="t" * 32)
    assert "<script" not in shown and "<img" not in shown and "javascript:" not in shown
    assert '<input type="radio" name="reason" value="khac" required>' in shown
    assert shown.count("<form") == 1 and shown.count('data-key="x"') == 1


# --- forms


class ItemForm(forms.Form):
    title = forms.CharField(label="Tiêu đề", help_text="Như báo đã in.")
    note = forms.CharField(
        label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    level = forms.ChoiceField(
        label="Mức độ", choices=[("1", "Lưu ý"), ("2", "Cần xác minh")], widget=forms.RadioSelect
    )
    at_once = forms.BooleanField(label="Báo ngay", required=False)
    step = forms.CharField(widget=forms.HiddenInput, initial="2")


def test_a_wrong_field_names_its_error_and_ties_it():
    form = ItemForm({"title": "", "level": "1", "step": "2"})
    shown = render("{% field form.title %}", form=form)
    control = re.search(r"<input[^>]*>", shown)[0]
    assert 'aria-describedby="id_title-hint id_title-error"' in control
    assert 'aria-invalid="true"' in control
    assert (
        'id="id_title-hint"' in shown
        and 'id="id_title-error"' in shown
        and "Lỗi: " in visible(shown)
    )


def test_only_what_may_be_left_out_says_so():
    form = ItemForm()
    assert "không bắt buộc" not in render("{% field form.title %}", form=form)
    assert "(không bắt buộc)" in render("{% field form.note %}", form=form)


def test_a_group_is_a_fieldset_with_its_question():
    shown = render("{% field form.level %}", form=ItemForm())
    assert shown.count("<fieldset") == shown.count("</fieldset>") == 1
    assert visible(shown) == "Mức độ Lưu ý Cần xác minh"


def test_all_fields_are_shown_hidden_ones_too():
    shown = render("{% fields form %}", form=ItemForm())
    assert re.findall(r'name="(\w+)"', shown) == [
        "step",
        "title",
        "note",
        "level",
        "level",
        "at_once",
    ]


def test_error_summary_links_each_line_to_its_field():
    with translation.override("vi"):
        form = ItemForm({"step": "2"})
        form.add_error(None, "Hồ sơ đã đóng.")
        shown = render("{% error_summary form %}", form=form)
    assert "Có 3 chỗ cần sửa" in visible(shown)
    assert re.findall(r'href="([^"]+)"', shown) == ["#id_title", "#id_level_0"]
    assert 'tabindex="-1"' in shown and "Tiêu đề: " in shown


def test_a_message_that_names_its_field_is_not_read_twice():
    with translation.override("vi"):
        form = ItemForm({"step": "2"})
        form.add_error("note", "Còn thiếu: ghi chú.")
        form.add_error("note", "Dài quá.")
        form.fields["note"].label = "Ghi chú"
        shown = visible(render("{% error_summary form %}", form=form))
    assert "Ghi chú: Còn thiếu" not in shown and "Còn thiếu: ghi chú." in shown
    assert "Ghi chú: Dài quá." in shown


def test_no_errors_no_summary():
    assert render("{% error_summary form %}", form=ItemForm()).strip() == ""


# --- tiles


def test_tile_grid_says_count_and_state_and_admits_what_it_lacks():
    shown = render(
        "{% tile_grid figures %}", figures={"01": TileFigure(13, Lamp("ok", "run"), "/x/")}
    )
    assert "Hà Nội 13 đang xử lý, trong hạn hồ sơ" in visible(shown)
    assert visible(shown).count(": chưa có số liệu") == 33


def test_no_form_takes_its_address_from_a_field_of_the_same_name():
    """`{{ form.url }}` is the field `url` where there is one; `sent_to` reads the form's own address."""
    pages = list((ROOM / "templates").rglob("*.html"))
    assert len(pages) > 100
    assert [page.name for page in pages if FIELD_FIRST.search(page.read_text("utf-8"))] == []
